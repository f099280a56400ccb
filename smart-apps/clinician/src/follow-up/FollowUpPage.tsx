// FollowUpPage: when the patient comes again: a week to look at, its free times, one of them held, then booked.

import { useState } from 'react';
import { Alert, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Appointment } from 'fhir/r4';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { dayAt, isDay, plusDays } from '@meridian/ui/time/day.ts';
import { holdTime } from '@meridian/ui/visits/booking.ts';
import { useTimeZone } from '@meridian/ui/visits/useTimeZone.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import { InNameOf } from '../writing/InNameOf.tsx';
import { useOwnRole } from '../writing/useOwnRole.ts';
import { PatientPage } from '../writing/PatientPage.tsx';
import { ConfirmTime } from './ConfirmTime.tsx';
import { FreeTimes } from './FreeTimes.tsx';
import { daysShown, findWeek } from './times.ts';
import { WeekFields, type Week } from './WeekFields.tsx';

export const FollowUpPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('follow-up');
  const { user } = useSession();
  const timeZone = useTimeZone([user]);
  return (
    <PatientPage patient={id} title={t('title')}>
      {() =>
        timeZone === undefined ? (
          <Loading />
        ) : (
          <FollowUp key={id} patient={id} timeZone={timeZone} />
        )
      }
    </PatientPage>
  );
};

interface FollowUpProps {
  readonly patient: string;
  readonly timeZone: string;
}

const FollowUp = ({ patient, timeZone }: FollowUpProps) => {
  const { t } = useTranslation('follow-up');
  const { user } = useSession();
  const queries = useQueryClient();
  const [today] = useState(() => dayAt(Date.now(), timeZone));
  const [week, setWeek] = useState<Week>({ practitioner: user, from: plusDays(today, 7) });
  const [held, setHeld] = useState<Appointment>();
  const [isKept, setKept] = useState(false);
  const times = useTimes(week, timeZone);
  const hold = useWrite(holdTime, []);
  const again = (): void => {
    hold.reset();
    void queries.invalidateQueries({ queryKey: ['Appointment'] });
  };
  if (held !== undefined)
    return (
      <ConfirmTime
        {...{ held, patient }}
        leave={(kept) => {
          setHeld(undefined);
          setKept(kept === 'kept');
          again();
        }}
      />
    );
  return (
    <Stack>
      <InNameOf />
      <WeekFields {...{ week, today }} change={setWeek} />
      {isKept ? <Alert role="alert" color="orange" title={t('notFreed')} /> : null}
      <Failure error={hold.error} conflictText={t('taken')} again={again} />
      <Failure error={times.error} again={() => void times.refetch()} />
      {times.isLoading ? <Loading /> : null}
      {times.data?.length === 0 ? (
        <Empty
          title={t('none')}
          text={t('noneText')}
          action={{
            label: t('nextWeek'),
            run: () => setWeek({ ...week, from: plusDays(week.from, daysShown) }),
          }}
        />
      ) : null}
      <FreeTimes
        times={times.data ?? []}
        isBusy={hold.isPending}
        pick={({ id = '' }) => hold.mutate({ id, patient }, { onSuccess: setHeld })}
      />
    </Stack>
  );
};

const useTimes = ({ practitioner, from }: Week, timeZone: string) => {
  const { fhir } = useSession();
  const { organization } = useOwnRole();
  return useQuery({
    queryKey: ['Appointment', 'find', organization?.id, practitioner, from],
    queryFn: () =>
      findWeek(
        fhir,
        { practitioner, from, timeZone, organization: `Organization/${organization!.id!}` },
        Date.now(),
      ),
    enabled: organization !== undefined && isDay(from),
    staleTime: 10_000,
  });
};
