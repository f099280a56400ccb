// ConfirmVisit: what is going to be booked, with room for a remark; and that it is booked.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { bookTime } from '@meridian/ui/visits/booking.ts';
import { doctorOf, modeOf } from '@meridian/ui/visits/visit.ts';
import { Alert, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export interface ConfirmVisitProps {
  readonly held: Appointment;
  readonly patient: Patient;
  readonly onBack: () => void;
}

export const ConfirmVisit = ({ held, patient, onBack }: ConfirmVisitProps) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const [comment, setComment, forget] = useDraft(`book:${patient.id ?? ''}`, '');
  const booking = useWrite(bookTime, ['Appointment', 'Slot'], forget);
  const { id = '', start = '' } = held;
  const zone = offsetOf(start);
  const what = [
    `${format.day(start, zone)}, ${format.time(start, zone)}`,
    doctorOf(held),
    t(modeOf(held) === 'video' ? 'modes.video' : 'modes.in-person'),
  ].join(' · ');
  if (booking.isSuccess)
    return (
      <Alert color="green" role="status" title={t('booked')}>
        <Stack gap="sm">
          <Text>{what}</Text>
          <Group>
            <Button component={Link} href="/">
              {t('toDay')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    );
  return (
    <Paper withBorder p="md">
      <Stack>
        <Title order={2} size="h4">
          {what}
        </Title>
        <Text size="sm">{t('held')}</Text>
        <Textarea
          label={t('comment')}
          description={t('commentHow')}
          value={comment}
          maxLength={500}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => setComment(currentTarget.value)}
        />
        <Failure error={booking.error} conflictText={t('holdOver')} again={onBack} />
        <Group>
          <Button
            loading={booking.isPending}
            onClick={() => booking.mutate({ id, patient: patient.id ?? '', comment })}
          >
            {t('book')}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('otherTime')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
};
