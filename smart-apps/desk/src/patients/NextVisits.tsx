// NextVisits: what a person has booked here.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { dayAt, spanOfDay } from '@meridian/ui/time/day.ts';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import { doctorOf } from '@meridian/ui/visits/visit.ts';
import { Anchor, List, Paper, Title } from '@mantine/core';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHospitalTimeZone } from '../hospital/useHospital.ts';

export const NextVisits = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('patients');
  const { t: day } = useTranslation('day');
  const format = useFormat();
  const now = useNow(60);
  const timeZone = useHospitalTimeZone();
  const { start } = spanOfDay(dayAt(now, timeZone), timeZone);
  const found = useSearch<Appointment>('Appointment', {
    ...{ patient: `Patient/${patient}`, status: statusesOf('booked', 'arrived') },
    ...{ date: `ge${start}`, _sort: 'date', _count: 5 },
  });
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} size="h4" mb="sm">
        {t('visits')}
      </Title>
      <Listed found={found} empty={{ title: t('noVisits') }}>
        {(visits) => (
          <List>
            {visits.map((visit) => (
              <List.Item key={visit.id}>
                {format.day(visit.start, timeZone)}, {format.time(visit.start, timeZone)} ·{' '}
                {doctorOf(visit)}{' '}
                {visit.status === 'booked' ? (
                  <Anchor component={Link} href={`/visits/${visit.id ?? ''}/move`}>
                    {day('move')}
                  </Anchor>
                ) : null}
              </List.Item>
            ))}
          </List>
        )}
      </Listed>
    </Paper>
  );
};
