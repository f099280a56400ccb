// DayPage: the hospital's appointments of a day and where each stands.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useRefreshed } from '@meridian/ui/fhir/useRefreshed.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { dayAt } from '@meridian/ui/time/day.ts';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { Button, Stack } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { IconCalendarPlus } from '@tabler/icons-react';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useHospitalTimeZone } from '../hospital/useHospital.ts';
import { dayQuery, type DayFilter } from './day-list.ts';
import { DayFilters } from './DayFilters.tsx';
import { VisitRow } from './VisitRow.tsx';

export const DayPage = () => {
  const { t } = useTranslation('day');
  const [, go] = useLocation();
  const now = useNow(30);
  const timeZone = useHospitalTimeZone();
  const today = dayAt(now, timeZone);
  const [chosen, setFilter] = useSessionStorage<Omit<DayFilter, 'day'> & { readonly day?: string }>(
    {
      key: 'desk:day',
      defaultValue: { practitioner: '', place: '', state: 'all' },
    },
  );
  const filter: DayFilter = { ...chosen, day: chosen.day ?? today };
  const found = useSearch<Appointment>('Appointment', dayQuery(filter, timeZone));
  // Others check in, too: what stands at the counter all day is read again by itself.
  useRefreshed(['Appointment'], 60);
  const patients = new Map(
    found.included
      .filter((each): each is Patient => each.resourceType === 'Patient')
      .map((each) => [`Patient/${each.id ?? ''}`, each]),
  );
  return (
    <>
      <PageTitle
        actions={
          <Button
            component={Link}
            href="/book"
            leftSection={<IconCalendarPlus size={18} aria-hidden />}
          >
            {t('book')}
          </Button>
        }
      >
        {filter.day === today ? t('title') : t('titleOther')}
      </PageTitle>
      <DayFilters
        filter={filter}
        today={today}
        onChange={({ day, ...rest }) => setFilter({ ...rest, ...(day === today ? {} : { day }) })}
      />
      <Listed
        found={found}
        empty={{
          title: t('none'),
          text: t('noneText'),
          action: { label: t('book'), run: () => go('/book') },
        }}
      >
        {(visits) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {visits.map((visit) => (
              <VisitRow
                key={visit.id}
                visit={visit}
                patients={patients}
                clock={{ now, timeZone }}
                onReadAgain={found.again}
              />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};
