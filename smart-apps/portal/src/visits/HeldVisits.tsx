// HeldVisits: what waits for an answer: times that are kept for a while and not booked yet, and places on waiting lists.

import { Alert, Anchor, Stack } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import { doctorOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isOffer } from './visit.ts';
import { VisitLink } from './VisitLink.tsx';

export const HeldVisits = () => {
  const { t } = useTranslation('visits');
  const { patient } = useSession();
  const { items } = useSearch<Appointment>('Appointment', {
    ...{ patient, status: statusesOf('held'), _sort: 'date', _count: 5 },
  });
  if (items.length === 0) return null;
  return (
    <Alert color="blue" title={t('held.title')}>
      <Stack gap={4}>
        {items.map((visit) => (
          <HeldVisit key={visit.id} visit={visit} />
        ))}
      </Stack>
    </Alert>
  );
};

const HeldVisit = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { id = '', start = '' } = visit;
  const zone = offsetOf(start);
  const words = {
    ...{ day: format.day(start, zone), time: format.time(start, zone) },
    name: doctorOf(visit),
  };
  return (
    <Anchor component={Link} href={`/visits/confirm/${id}`}>
      {t(isOffer(visit) ? 'held.offer' : 'held.one', words)}
    </Anchor>
  );
};

/** They have no time yet, so that no question for a time finds them. */
export const WaitingVisits = () => {
  const { patient } = useSession();
  const { items } = useSearch<Appointment>('Appointment', {
    ...{ patient, status: 'waitlist', _count: 10 },
  });
  return items.map((visit) => <VisitLink key={visit.id} visit={visit} />);
};
