// EmergencyLine: a record that is open in an emergency says so, how long it still is, and how to close it.

import { useEffect, useRef } from 'react';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Task } from 'fhir/r4';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { useTranslation } from 'react-i18next';
import { emergenciesOf } from '../chart/questions.ts';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { endEmergency, endOf, formatLeft, lastingOf } from './emergency.ts';

export const EmergencyLine = ({ patient }: { readonly patient: string }) => {
  const { user } = useSession();
  const now = useNow(1);
  const { items } = useSearchTogether<Task>('Task', emergenciesOf(patient, user));
  const lasting = lastingOf(items, now);
  useForgetAfter(lasting?.id);
  return lasting === undefined ? null : <Open task={lasting} now={now} />;
};

/** What was seen in an emergency does not stay on the screen when it is over. */
const useForgetAfter = (emergency: string | undefined): void => {
  const queries = useQueryClient();
  const last = useRef<string>(undefined);
  useEffect(() => {
    const isOver = last.current !== undefined && emergency === undefined;
    last.current = emergency;
    if (isOver) void queries.resetQueries();
  }, [emergency, queries]);
};

const Open = ({ task, now }: { readonly task: Task; readonly now: number }) => {
  const { t } = useTranslation('access');
  const end = useWrite(endEmergency, ['Task']);
  return (
    <Alert
      color="red"
      variant="outline"
      mb="md"
      icon={<IconUrgent aria-hidden />}
      title={t('emergency.open')}
    >
      <Group justify="space-between">
        <Text size="sm">
          {t('emergency.left')}{' '}
          <Text span fw={700} role="timer" ff="monospace">
            {formatLeft(endOf(task) - now)}
          </Text>
          {'. '}
          {t('emergency.reading')}
        </Text>
        <Button
          size="compact-md"
          color="red"
          loading={end.isPending}
          onClick={() => end.mutate(task.id!)}
        >
          {t('emergency.end')}
        </Button>
      </Group>
      <Failure error={end.error} />
    </Alert>
  );
};
