// find-times: the visits that can still be had under the rules of calendars, soonest first.

import type { Context } from '../interactions/types.ts';
import type { Calendar } from './calendars.ts';
import { offeredTimes } from './offered-times.ts';
import type { Span } from './span.ts';
import { counts, hasExpired, meet, readTaken, type Taken } from './taken.ts';
import { visitId, type VisitTime } from './visit-id.ts';

export interface OfferedTime {
  readonly id: string;
  readonly time: VisitTime;
  readonly calendar: Calendar;
  /** Visits that still find a place at this time. */
  readonly seats: number;
}

export const findTimes = async (
  calendars: readonly Calendar[],
  within: Span,
  context: Context,
): Promise<readonly OfferedTime[]> =>
  (await findAllTimes(calendars, within, context)).filter(({ seats }) => seats > 0);

/** Also those that are taken. */
export const findAllTimes = async (
  calendars: readonly Calendar[],
  within: Span,
  context: Context,
): Promise<readonly OfferedTime[]> => {
  if (calendars.length === 0) return [];
  const keepers = new Map(calendars.flatMap(({ beside }) => [...beside]));
  const now = context.now();
  const taken = (await readTaken(keepers, within, context)).filter(
    (each) => !hasExpired(each, now),
  );
  return calendars
    .flatMap((calendar) => timesOf(calendar, within, taken, now))
    .toSorted((a, b) => a.time.start - b.time.start || (a.id < b.id ? -1 : 1));
};

const timesOf = (
  calendar: Calendar,
  within: Span,
  taken: readonly Taken[],
  now: number,
): readonly OfferedTime[] => {
  const { rules } = calendar;
  const from = Math.max(within.start, now + rules.notice * 60_000);
  const near = taken.filter((each) => counts(each, calendar.beside));
  return offeredTimes(rules, { start: from, end: within.end }).flatMap((span) => {
    const time = { ...span, schedule: calendar.id };
    const id = visitId(time);
    const seats = seatsLeft(calendar, span, near);
    return id === undefined ? [] : [{ id, time, calendar, seats }];
  });
};

/** None when something else of the same people comes too near; otherwise what visits at the same time leave. */
export const seatsLeft = ({ id, rules }: Calendar, span: Span, taken: readonly Taken[]): number => {
  const near = taken.filter((each) => meet(span, each, rules.buffer));
  const together = near.filter((each) => isSameVisit(each, { ...span, schedule: id }));
  return together.length < near.length ? 0 : Math.max(0, rules.capacity - together.length);
};

/** Blocked by hand is blocked for all. */
export const isSameVisit = (taken: Taken, visit: VisitTime): boolean =>
  taken.schedule === `Schedule/${visit.schedule}` &&
  taken.start === visit.start &&
  taken.end === visit.end &&
  taken.resource['status'] !== 'busy-unavailable';
