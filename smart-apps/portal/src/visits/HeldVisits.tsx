// HeldVisits: times that are kept for a few minutes and not booked yet, so that nobody forgets them or holds too many.

import { Alert, Anchor, Stack } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { offsetOf } from './times.ts';
import { actorOf } from './visit.ts';

const holdMinutes = 10;

export const HeldVisits = () => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { patient } = useSession();
  // What is older is over, also where nobody has ended it. To the minute, so that the question stays the same for a while.
  const since = new Date(Date.now() - holdMinutes * 60_000).toISOString().slice(0, 16) + ':00Z';
  const { items } = useSearch<Appointment>('Appointment', {
    ...{ patient, status: 'pending', _lastUpdated: `ge${since}`, _count: 5 },
  });
  if (items.length === 0) return null;
  return (
    <Alert color="blue" title={t('held.title')}>
      <Stack gap={4}>
        {items.map((visit) => {
          const { id = '', start = '' } = visit;
          const zone = offsetOf(start);
          return (
            <Anchor key={id} component={Link} href={`/visits/confirm/${id}`}>
              {t('held.one', {
                day: format.day(start, zone),
                time: format.time(start, zone),
                name: actorOf(visit, 'Practitioner')?.display ?? '',
              })}
            </Anchor>
          );
        })}
      </Stack>
    </Alert>
  );
};
