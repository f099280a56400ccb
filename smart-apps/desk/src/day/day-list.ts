// Day list: what is searched for a day, and what can be done with a visit in each of its states.
// https://hl7.org/fhir/R4/appointment.html

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import { dayAt, spanOfDay } from '@meridian/ui/time/day.ts';
import type { VisitChange } from '@meridian/ui/visits/change-visit.ts';
import { stateOf, statusesOf } from '@meridian/ui/visits/states.ts';
import type { Appointment } from 'fhir/r4';

export const standings = ['all', 'expected', 'here', 'seen', 'missed', 'cancelled'] as const;
export type Standing = (typeof standings)[number];

export interface DayFilter {
  /** `2026-11-21`, a day where the hospital is. */
  readonly day: string;
  /** `Practitioner/1`, or '' for all. */
  readonly practitioner: string;
  /** `Location/1`, or '' for all. */
  readonly place: string;
  readonly state: Standing;
}

const statuses: Readonly<Record<Standing, string>> = {
  all: statusesOf('booked', 'held', 'arrived', 'done', 'no-show'),
  expected: statusesOf('booked', 'held'),
  here: statusesOf('arrived'),
  seen: statusesOf('done'),
  missed: statusesOf('no-show'),
  cancelled: statusesOf('cancelled'),
};

export const dayQuery = (
  { day, practitioner, place, state }: DayFilter,
  timeZone: string,
): SearchParameters => {
  const { start, end } = spanOfDay(day, timeZone);
  return {
    date: [`ge${start}`, `lt${end}`],
    status: statuses[state],
    ...(practitioner === '' ? {} : { practitioner }),
    ...(place === '' ? {} : { location: place }),
    _include: 'Appointment:patient',
    ...{ _sort: 'date', _count: 20 },
  };
};

export type VisitAction = Exclude<VisitChange, 'finish'> | 'move' | 'cancel';

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
}

/** The first is the one the desk does most. */
export const actionsOf = (visit: Appointment, { now, timeZone }: Clock): readonly VisitAction[] => {
  const start = Date.parse(visit.start ?? '');
  const state = stateOf(visit);
  if (state === 'held') return ['cancel'];
  if (state === 'arrived') return ['wait-not'];
  if (state !== 'booked') return [];
  // Whoever comes early comes on the day; a visit of another day is another visit.
  const isOfToday = start <= now || dayAt(start, timeZone) === dayAt(now, timeZone);
  return [
    ...(isOfToday ? (['arrive'] as const) : []),
    ...(start <= now ? (['no-show'] as const) : (['move', 'cancel'] as const)),
  ];
};
