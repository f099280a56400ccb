// useVisit: the visit a note belongs to: the one the address names, else one of today that is under way; and what was booked for it.

import { useState } from 'react';
import type { Appointment, Encounter } from 'fhir/r4';
import { useRead, useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { spanOfDay } from '../day/day-span.ts';
import { deviceTimeZone } from '../day/time-zone.ts';
import { dayAfter } from '../follow-up/times.ts';
import { useEncounter } from '../writing/useEncounter.ts';

export interface Visit {
  readonly encounter: Encounter | undefined;
  readonly appointment: Appointment | undefined;
  readonly isKnown: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

export const useVisit = (patient: string): Visit => {
  const { user } = useSession();
  const named = useEncounter();
  const read = useRead<Encounter>('Encounter', named);
  const [today] = useState(() => spanOfDay(dayAfter(0, Date.now()), deviceTimeZone()));
  const begun = useSearch<Encounter>(
    'Encounter',
    named === undefined
      ? { patient, participant: user, status: 'in-progress', _sort: '-date', _count: 1 }
      : undefined,
  );
  const encounter = read.data ?? begun.items[0];
  const booked = useSearch<Appointment>('Appointment', {
    ...{ patient, actor: user, status: 'booked,arrived,checked-in', _sort: 'date', _count: 1 },
    date: [`ge${today.start}`, `lt${today.end}`],
  });
  const appointmentId = encounter?.appointment?.[0]?.reference?.replace(/^Appointment\//, '');
  const own = useRead<Appointment>('Appointment', appointmentId);
  return {
    encounter,
    appointment: encounter === undefined ? booked.items[0] : own.data,
    isKnown: !read.isLoading && !begun.isLoading && !booked.isLoading && !own.isLoading,
    error: read.error ?? begun.error ?? booked.error,
    again: () => {
      void read.refetch();
      void own.refetch();
      begun.again();
      booked.again();
    },
  };
};
