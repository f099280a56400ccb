// EarlierTime: waits for an earlier time than the one that is booked, which is kept until an earlier one is taken.

import { useState } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { wait } from './waiting-list.ts';

export const EarlierTime = ({
  visit,
  schedule,
}: {
  readonly visit: Appointment;
  readonly schedule: string;
}) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const write = useWrite(wait, ['Appointment']);
  const { id: insteadOf = '', start = '', comment = '' } = visit;
  const ask = (): void => {
    if (write.isPending) return;
    const span = { start: new Date().toISOString(), end: new Date(start).toISOString() };
    write.mutate(
      { ...{ schedule, comment, insteadOf }, ...span },
      { onSuccess: ({ id = '' }) => go(`/visits/${id}`) },
    );
  };
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('earlier.open')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('earlier.title')}
        closeButtonProps={{ 'aria-label': t('earlier.close') }}
      >
        <Stack>
          <Text>{t('earlier.text')}</Text>
          <Failure error={write.error} conflictText={t('wait.tooMany')} />
          <Group justify="flex-end">
            <Button loading={write.isPending} onClick={ask}>
              {t('wait.now')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
