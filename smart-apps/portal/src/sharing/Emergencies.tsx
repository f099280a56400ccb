// Emergencies: who has opened the record without being asked, because somebody's health was in danger; why, and what came of it.

import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Named } from './Named.tsx';
import { emergencyCode } from './requests.ts';
import { Rows } from './Rows.tsx';

export const Emergencies = () => {
  const { t } = useTranslation('sharing');
  const { patient } = useSession();
  const found = useSearch<Task>('Task', {
    ...{ patient, code: emergencyCode, _sort: '-authored-on', _count: 5 },
  });
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t('emergencies.title')}
      </Title>
      <Rows found={found} none={t('emergencies.none')}>
        {(tasks) => tasks.map((task) => <EmergencyCard key={task.id} task={task} />)}
      </Rows>
    </Stack>
  );
};

const EmergencyCard = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation('sharing');
  const format = useFormat();
  const { requester, description, executionPeriod, status, businessStatus, note = [] } = task;
  const outcome = status === 'completed' ? (businessStatus?.text ?? 'justified') : 'open';
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>
            <Named reference={requester?.reference} />
          </Text>
          <Badge color={outcome === 'unjustified' ? 'red' : 'gray'} variant="light">
            {t(`emergencies.${outcome}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {t('emergencies.period', {
            from: format.dateTime(executionPeriod?.start),
            until: format.dateTime(executionPeriod?.end),
          })}
        </Text>
        <Text component="blockquote" m={0} fs="italic">
          {description}
        </Text>
        {note.map(({ text, time }) => (
          <Text key={time ?? text} size="sm">
            {t('emergencies.review', { text })}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
};
