// ChangeVisit: moving and cancelling a visit, with the hospital's rule for it said before one tries.

import { useState } from 'react';
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { cancelVisit } from '@meridian/ui/visits/booking.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isOver } from '../sharing/days.ts';
import { EarlierTime } from './EarlierTime.tsx';
import { useVisitSlot } from './hooks.ts';
import { changeUntil } from './visit.ts';

export const ChangeVisit = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const { data: slot } = useVisitSlot(visit);
  const { id = '', start = '' } = visit;
  if (slot === undefined || isOver(start)) return null;
  const until = changeUntil(visit, slot?.rules);
  if (until === undefined) return <Alert color="gray">{t('change.byHospital')}</Alert>;
  const zone = offsetOf(start);
  const moment = new Date(until).toISOString();
  const rule = { day: format.day(moment, zone), time: format.time(moment, zone) };
  if (isOver(until))
    return (
      <Alert color="orange" title={t('change.tooLate')}>
        {t('change.tooLateText', rule)}
      </Alert>
    );
  return (
    <Stack gap="xs">
      <Text size="sm">{t('change.rule', rule)}</Text>
      <Group>
        <Button component={Link} href={`/visits/${id}/move`} variant="default">
          {t('change.move')}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('change.cancel')}
        </Button>
        {slot?.schedule === undefined ? null : (
          <EarlierTime visit={visit} schedule={slot.schedule} />
        )}
      </Group>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('change.cancelTitle')}
        closeButtonProps={{ 'aria-label': t('change.keep') }}
      >
        <CancelForm visit={visit} close={() => setAsking(false)} />
      </Modal>
    </Stack>
  );
};

const CancelForm = ({
  visit: { id = '' },
  close,
}: {
  readonly visit: Appointment;
  readonly close: () => void;
}) => {
  const { t } = useTranslation('visits');
  const [reason, setReason] = useState('');
  const write = useWrite(cancelVisit, ['Appointment', 'Slot']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!write.isPending) write.mutate({ id, reason }, { onSuccess: close });
      }}
    >
      <Stack>
        <Text>{t('change.cancelText')}</Text>
        <TextInput
          label={t('change.reason')}
          description={t('change.reasonHint')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Failure error={write.error} conflictText={t('change.conflict')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('change.keep')}
          </Button>
          <Button type="submit" color="red" loading={write.isPending}>
            {t('change.cancelNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
