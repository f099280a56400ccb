// useDay: the appointments of whoever has signed in on one day, with their patients and the visits that have begun.

import type { Appointment } from 'fhir/r4';
import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { spanOfDay } from '@meridian/ui/time/day.ts';
import { statusesOf } from '@meridian/ui/visits/states.ts';
import { visitsOf, type Visit } from './visit.ts';

export interface Day {
  readonly found: Found<Appointment>;
  readonly visits: readonly Visit[];
}

/** `day` is a date such as `2026-11-21`; pass undefined to wait. One page holds what one person can do in a day. */
export const useDay = (day: string | undefined, timeZone: string | undefined): Day => {
  const { user } = useSession();
  const span = day === undefined || timeZone === undefined ? undefined : spanOfDay(day, timeZone);
  const found = useSearch<Appointment>(
    'Appointment',
    span && {
      ...{ actor: user, date: [`ge${span.start}`, `lt${span.end}`], _sort: 'date', _count: 60 },
      status: statusesOf('booked', 'arrived', 'done', 'no-show', 'cancelled'),
      _include: 'Appointment:patient',
      _revinclude: 'Encounter:appointment',
    },
  );
  return { found, visits: visitsOf(found.items, found.included) };
};
