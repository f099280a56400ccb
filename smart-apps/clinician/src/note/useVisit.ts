// useVisit: the visit a note belongs to: the one the address names, else one of today that is under way; and what was booked for it.

import { useState } from 'react';
import type { Appointment, Encounter } from 'fhir/r4';
import { useRead, useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { dayAt, spanOfDay } from '@meridian/ui/time/day.ts';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import { useTimeZone } from '@meridian/ui/visits/useTimeZone.ts';
import { begunWithin } from '../writing/named-visit.ts';
import { useEncounter } from '../writing/useEncounter.ts';

export interface Visit {
  /** The logical id in the address. */
  readonly named: string | undefined;
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
  const [now] = useState(() => Date.now());
  const timeZone = useTimeZone([user]);
  const today = timeZone === undefined ? undefined : spanOfDay(dayAt(now, timeZone), timeZone);
  const begun = useSearch<Encounter>(
    'Encounter',
    // A visit that has no end yet is of every day since it began: which of them began today is seen here.
    named === undefined && today !== undefined
      ? {
          ...{ patient, participant: user, status: 'in-progress', _sort: '-date', _count: 20 },
          date: [`ge${today.start}`, `lt${today.end}`],
        }
      : undefined,
  );
  const encounter = read.data ?? (today && begunWithin(begun.items, today));
  const booked = useSearch<Appointment>(
    'Appointment',
    today && {
      ...{ patient, actor: user, _sort: 'date', _count: 1 },
      status: statusesOf('booked', 'arrived'),
      date: [`ge${today.start}`, `lt${today.end}`],
    },
  );
  const appointmentId = encounter?.appointment?.[0]?.reference?.replace(/^Appointment\//, '');
  const own = useRead<Appointment>('Appointment', appointmentId);
  const searches = [read, begun, booked, own];
  return {
    ...{ named, encounter },
    appointment: encounter === undefined ? booked.items[0] : own.data,
    isKnown: today !== undefined && searches.every(({ isLoading }) => !isLoading),
    error: searches.find(({ error }) => error !== null)?.error,
    again: () => {
      void read.refetch();
      void own.refetch();
      begun.again();
      booked.again();
    },
  };
};
