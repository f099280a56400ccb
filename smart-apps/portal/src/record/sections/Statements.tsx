// Statements: what the person has added to a part of the record in their own words; it can be taken back.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Observation } from 'fhir/r4';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../focus/useFocusBack.ts';
import { sections, type SectionName } from './sections.ts';
import { StateForm } from './StateForm.tsx';
import { TakeBack } from './TakeBack.tsx';

/** The id of the button that opens the form. */
const adder = 'add-statement';

export const Statements = ({ section }: { readonly section: SectionName }) => {
  const { t } = useTranslation('record');
  const { patient } = useSession();
  const [isAdding, setAdding] = useState(false);
  useFocusBack(isAdding || undefined, () => adder);
  const found = useSearch<Observation>('Observation', {
    ...{ patient, code: `http://loinc.org|${sections[section].code.code}` },
    ...{ _sort: '-date', _count: 20 },
  });
  const isNothing = found.items.length === 0 && !found.isLoading && found.error === null;
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h5">
        {t('stated.title')}
      </Title>
      <Text size="sm">{t('stated.about')}</Text>
      {isNothing ? (
        <Text size="sm">{t('stated.none')}</Text>
      ) : (
        <Listed found={found} empty={{ title: t('stated.none') }}>
          {(items) => items.map((item) => <Statement key={item.id} observation={item} />)}
        </Listed>
      )}
      {isAdding ? (
        <StateForm section={section} close={() => setAdding(false)} />
      ) : (
        <Group>
          <Button
            id={adder}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t(`stated.add.${section}`)}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

const Statement = ({ observation }: { readonly observation: Observation }) => {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { valueString, effectiveDateTime, note } = observation;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{valueString}</Text>
            <Badge variant="light" color="gray" tt="none">
              {t('stated.badge')}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {format.date(effectiveDateTime)}
          </Text>
          {note === undefined ? null : <Text size="sm">{note[0]?.text}</Text>}
        </div>
        <TakeBack observation={observation} />
      </Group>
    </Card>
  );
};
