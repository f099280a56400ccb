// HeldVisits: times that are kept for a while and not booked yet: held by oneself, or offered to who waited.

import { Alert, Anchor, Stack } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { offsetOf } from './times.ts';
import { actorOf, isOffer } from './visit.ts';

export const HeldVisits = () => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { patient } = useSession();
  const { items } = useSearch<Appointment>('Appointment', {
    ...{ patient, status: 'pending', _sort: 'date', _count: 5 },
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
              {t(isOffer(visit) ? 'held.offer' : 'held.one', {
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
