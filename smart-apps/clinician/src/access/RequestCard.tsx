// RequestCard: a request for access: for which number, what was asked, and whether it was given.

import { Badge, Button, Card, Group, Text } from '@mantine/core';
import type { Task } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DeskCode } from './DeskCode.tsx';
import { kindsOf, openUntil, patientOf, stateOf, uhidOfRequest } from './request.ts';

export const RequestCard = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation('access');
  const format = useFormat();
  const state = stateOf(task, useNow(30));
  const patient = patientOf(task);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} ff="monospace">
          {format.uhid(uhidOfRequest(task))}
        </Text>
        <Badge color={colours[state]} variant="light" tt="none">
          {t(`requests.state.${state}`)}
        </Badge>
      </Group>
      <Text size="sm">
        {kindsOf(task)
          .map((kind) => t(`kind.${kind}`))
          .join(', ')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('requests.when', {
          asked: format.dateTime(task.authoredOn),
          until: format.date(openUntil(task)),
        })}
      </Text>
      {state === 'given' && patient !== undefined ? (
        <Group mt="xs">
          <Button component={Link} href={`/patients/${patient}`} size="compact-md">
            {t('requests.open')}
          </Button>
        </Group>
      ) : null}
      {state === 'waiting' ? <DeskCode task={task.id!} /> : null}
    </Card>
  );
};

const colours = { waiting: 'blue', given: 'green', over: 'gray' } as const;
