// MatchCard: somebody who is known beside the person at the counter: what agrees, what differs, and how sure the server is.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Badge, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconTilde, IconX } from '@tabler/icons-react';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { compare, type Compared } from './compare.ts';
import type { Grade } from './matches.ts';

export interface MatchCardProps {
  readonly person: Patient;
  readonly known: Patient;
  readonly grade: Grade | undefined;
  readonly action: { readonly label: string; readonly run: () => void; readonly isBusy?: boolean };
}

export const MatchCard = ({ person, known, grade, action }: MatchCardProps) => {
  const { t } = useTranslation('register');
  const format = useFormat();
  const rows = compare(person, known).filter(({ one, other }) => one !== '' || other !== '');
  const name = format.name(known.name);
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Stack gap="xs">
        {grade === undefined ? null : (
          <Badge color={colours[grade]} variant="light">
            {t(`grades.${grade}`)}
          </Badge>
        )}
        <Table.ScrollContainer minWidth={0} type="native">
          <Table verticalSpacing={4} horizontalSpacing="xs" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('element')}</Table.Th>
                <Table.Th scope="col">{t('here')}</Table.Th>
                <Table.Th scope="col">{t('record')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Row key={row.element} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group>
          <Button
            variant="light"
            loading={action.isBusy ?? false}
            onClick={action.run}
            aria-label={`${action.label}: ${name}`}
          >
            {action.label}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
};

const Row = ({ row: { element, one, other, agreement } }: { readonly row: Compared }) => {
  const { t } = useTranslation('register');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const show = (value: string): string => {
    if (value === '') return '–';
    if (element === 'birthDate') return format.date(value);
    return element === 'gender' ? ui(`patient.gender.${value}`) : value;
  };
  const Sign = signs[agreement];
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Text size="sm" fw={600}>
          {t(`elements.${element}`)}
        </Text>
        {agreement === 'unknown' ? null : (
          <Group gap={4} wrap="nowrap">
            <Sign size={14} aria-hidden />
            <Text size="xs" span>
              {t(`agreement.${agreement}`)}
            </Text>
          </Group>
        )}
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{show(one)}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{show(other)}</Table.Td>
    </Table.Tr>
  );
};

const signs = { same: IconCheck, alike: IconTilde, differs: IconX, unknown: IconX } as const;

const colours: Readonly<Record<Grade, string>> = {
  ...{ certain: 'red', probable: 'orange', possible: 'yellow' },
};
