// DayPage: the clinician's appointments of a day and where each stands; who is next comes first.

import { Stack, Text } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useRefreshed } from '@meridian/ui/fhir/useRefreshed.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { dayAt } from '@meridian/ui/time/day.ts';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { changeVisit } from '@meridian/ui/visits/change-visit.ts';
import { useTimeZone } from '@meridian/ui/visits/useTimeZone.ts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { DayPicker } from './DayPicker.tsx';
import { NextVisit } from './NextVisit.tsx';
import { useDay } from './useDay.ts';
import { nextOf } from './visit.ts';
import { VisitTable } from './VisitTable.tsx';

export const DayPage = () => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const now = useNow(30);
  const { user } = useSession();
  const timeZone = useTimeZone([user]);
  const [query, setQuery] = useSearchParams();
  const today = timeZone && dayAt(now, timeZone);
  const day = query.get('day') ?? today;
  const { found, visits } = useDay(day, timeZone);
  const change = useWrite(changeVisit, ['Appointment']);
  useRefreshed(['Appointment'], 60);
  if (day === undefined || today === undefined || timeZone === undefined) return <Loading />;

  const next = day === today ? nextOf(visits) : undefined;
  const changing = change.isPending ? change.variables.visit.id : undefined;
  const readAgain = (): void => {
    change.reset();
    found.again();
  };
  const rows = { now, timeZone, changing, change: change.mutate };
  return (
    <Stack>
      <PageTitle>{t('title', { day: format.day(`${day}T12:00:00Z`, 'UTC') })}</PageTitle>
      <DayPicker
        {...{ day, today }}
        choose={(chosen) => setQuery(chosen === today ? {} : { day: chosen })}
      />
      <Failure error={change.error} again={readAgain} conflictText={t('conflict')} />
      {next === undefined ? null : <NextVisit visit={next} {...rows} />}
      <Listed found={found} empty={{ title: t('none.title'), text: t('none.text') }}>
        {() => <VisitTable visits={visits} {...rows} />}
      </Listed>
      <Text size="xs" c="dimmed">
        {t('zone', { zone: timeZone })}
      </Text>
    </Stack>
  );
};
