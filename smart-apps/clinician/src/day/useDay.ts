// useDay: the appointments of whoever has signed in on one day, with their patients and the visits that have begun.

import type { Appointment, Schedule } from 'fhir/r4';
import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { spanOfDay } from './day-span.ts';
import { deviceTimeZone, timeZoneOf } from './time-zone.ts';
import { visitsOf, type Visit } from './visit.ts';

/** undefined until it is known. */
export const useTimeZone = (): string | undefined => {
  const { user } = useSession();
  const schedules = useSearch<Schedule>('Schedule', {
    ...{ actor: user, active: 'true', _count: 10, _elements: 'extension' },
  });
  if (schedules.isLoading) return undefined;
  return timeZoneOf(schedules.items) ?? deviceTimeZone();
};

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
      status: 'booked,arrived,checked-in,fulfilled,noshow,cancelled',
      _include: 'Appointment:patient',
      _revinclude: 'Encounter:appointment',
    },
  );
  return { found, visits: visitsOf(found.items, found.included) };
};
