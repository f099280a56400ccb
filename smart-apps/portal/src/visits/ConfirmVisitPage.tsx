// ConfirmVisitPage: a time that is held for a few minutes: what it is, what one wants to say beforehand, and booking it.

import { useEffect } from 'react';
import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { bookTime, cancelVisit } from '@meridian/ui/visits/booking.ts';
import { actorOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Countdown, useSecondsUntil } from './Countdown.tsx';
import { FullSlot } from './FullSlot.tsx';
import { follow, useVisitSlot, type VisitSlot } from './hooks.ts';
import { insteadOf, isOffer } from './visit.ts';
import { VisitFacts } from './VisitFacts.tsx';
import { decline } from './waiting-list.ts';

export const ConfirmVisitPage = ({ params: { id } }: PageProps) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const { data: visit, error, refetch } = useRead<Appointment>('Appointment', id);
  const slot = useVisitSlot(visit);
  // It was booked, though the answer was lost on its way.
  const isBooked = visit?.status === 'booked';
  useEffect(() => {
    if (isBooked) go(`/visits/${id ?? ''}?done=booked`, { replace: true });
  }, [isBooked, id, go]);
  const failed = error ?? slot.error;
  if (failed !== null) return <Failure error={failed} again={() => void refetch()} />;
  // The Slot of the time before says nothing of how long this one is held.
  if (visit === undefined || slot.data === undefined || slot.isPlaceholderData || isBooked)
    return <Loading />;
  return (
    <>
      <PageTitle>{t('confirm.title')}</PageTitle>
      <Held visit={visit} slot={slot.data} />
    </>
  );
};

const Held = ({
  visit,
  slot,
}: {
  readonly visit: Appointment;
  readonly slot: VisitSlot | null;
}) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const [reason, setReason, clear] = useDraft(
    `visit-reason-${actorOf(visit, 'Patient')?.reference ?? ''}`,
    visit.comment ?? '',
  );
  const seconds = useSecondsUntil(slot?.heldUntil);
  const write = useWrite(bookTime, ['Appointment', 'Slot']);
  const offered = isOffer(visit);
  const release = useWrite(offered ? decline : cancelVisit, ['Appointment', 'Slot']);
  const { id = '' } = visit;
  const isGone = write.error !== null && ['conflict', 'missing'].includes(kindOf(write.error));
  if (isGone || visit.status !== 'pending' || (seconds === 0 && !write.isPending))
    return <FullSlot visit={visit} schedule={slot?.schedule} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (write.isPending) return;
        void follow(write.mutateAsync({ id, comment: reason }), () => {
          clear();
          go(`/visits/${id}?done=booked`, { replace: true });
        });
      }}
    >
      <Stack maw={640}>
        <Countdown seconds={seconds} />
        <Paper withBorder p="md">
          <VisitFacts visit={visit} />
        </Paper>
        <Textarea
          label={t('confirm.reason')}
          description={t('confirm.reasonHint')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {insteadOf(visit) === undefined ? null : <Text>{t('earlier.note')}</Text>}
        <Failure error={write.error} />
        <Group>
          <Button type="submit" size="md" loading={write.isPending}>
            {t('confirm.book')}
          </Button>
          <Button
            variant="default"
            loading={release.isPending}
            // Held no longer than a few minutes anyway: one leaves, whatever comes of it.
            onClick={() =>
              release.mutate({ id }, { onSettled: () => go(offered ? '/visits' : '/visits/new') })
            }
          >
            {t(offered ? 'wait.decline' : 'confirm.other')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
