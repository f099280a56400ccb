// KeepOffline: whether this device keeps the last seen record, to be read without network behind a PIN. Off until somebody wants it.

import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { useSession } from '../session/session.ts';
import { Failure } from '../states/Failure.tsx';
import { beginKeeping, daysKept, lookAtKept, mostWrongPins, type Shown } from './keep.ts';
import { NewPin } from './NewPin.tsx';
import { collectRecord } from './record.ts';
import { shelfOf } from './shelf.ts';

export const KeepOffline = () => {
  const { t } = useTranslation('offline');
  const { kept, isUnable, keep, stop } = useKeeping();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="keep-offline">
      <Stack gap="sm">
        <Title order={2} size="h5" id="keep-offline">
          {t('keep.title')}
        </Title>
        <Text size="sm">{t('keep.text', { days: daysKept, tries: mostWrongPins })}</Text>
        <Failure error={keep.error} />
        {isUnable ? <Alert color="orange">{t('keep.unable')}</Alert> : null}
        {kept === undefined ? (
          <NewPin isSending={keep.isPending} choose={keep.mutate} isDisabled={isUnable} />
        ) : (
          <IsKept kept={kept} isStopping={stop.isPending} stop={() => stop.mutate()} />
        )}
      </Stack>
    </Paper>
  );
};

interface IsKeptProps {
  readonly kept: Shown;
  readonly isStopping: boolean;
  readonly stop: () => void;
}

const IsKept = ({ kept, isStopping, stop }: IsKeptProps) => {
  const { t } = useTranslation('offline');
  const format = useFormat();
  return (
    <Group justify="space-between">
      <Text role="status">
        {t('keep.isOn', {
          at: format.dateTime(kept.keptAt),
          until: format.date(kept.expiresAt),
        })}
      </Text>
      <Button variant="default" loading={isStopping} onClick={stop}>
        {t('keep.stop')}
      </Button>
    </Group>
  );
};

const useKeeping = () => {
  const { app, fhir, user, patient = '' } = useSession();
  const queries = useQueryClient();
  const shelf = shelfOf(app.name);
  const queryKey = ['kept on this device', app.name];
  const found = useQuery({
    queryKey,
    queryFn: async () => (await lookAtKept(shelf, new Date())) ?? null,
    retry: false,
    staleTime: 0,
  });
  const done = { onSuccess: () => queries.invalidateQueries({ queryKey }) };
  const keep = useMutation({
    mutationFn: async (pin: string) => {
      const record = await collectRecord(fhir, patient);
      await beginKeeping(shelf, { user, patient }, { pin, record, now: new Date() });
    },
    ...done,
  });
  const stop = useMutation({ mutationFn: () => shelf.remove(), ...done });
  const own = found.data?.user === user && found.data.patient === patient ? found.data : undefined;
  return { kept: own, isUnable: found.isError, keep, stop };
};
