// find-times: the visits that the rules of calendars offer within a span, and how many places are left at each.

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

/** All that are offered within the span, also those that are taken. */
export const findAllTimes = async (
  calendars: readonly Calendar[],
  within: Span,
  context: Context,
): Promise<readonly OfferedTime[]> =>
  timesIn(calendars, within, { taken: await takenIn(calendars, within, context), context });

/** Those of other Schedules of the same people among them. */
export const takenIn = async (
  calendars: readonly Calendar[],
  within: Span,
  context: Context,
): Promise<readonly Taken[]> => {
  if (calendars.length === 0) return [];
  const keepers = new Map(calendars.flatMap(({ beside }) => [...beside]));
  const now = context.now();
  return (await readTaken(keepers, within, context)).filter((each) => !hasExpired(each, now));
};

/** Soonest first. */
export const timesIn = (
  calendars: readonly Calendar[],
  within: Span,
  { taken, context }: { readonly taken: readonly Taken[]; readonly context: Context },
): readonly OfferedTime[] => {
  const sorted = taken.toSorted((a, b) => a.start - b.start);
  return calendars
    .flatMap((calendar) => timesOf(calendar, within, sorted, context.now()))
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
  const counting = taken.filter((each) => counts(each, calendar.beside));
  const nearTo = sweep(counting, rules.buffer * 60_000);
  const spans = offeredTimes(rules, { start: from, end: within.end });
  return spans
    .toSorted((a, b) => a.start - b.start)
    .flatMap((span) => {
      const time = { ...span, schedule: calendar.id };
      const id = visitId(time);
      const seats = seatsLeft(calendar, span, nearTo(span));
      return id === undefined ? [] : [{ id, time, calendar, seats }];
    });
};

/** What a span could meet, asked for span after span: whoever looked at all of it each time would take minutes for a full calendar. */
const sweep = (sorted: readonly Taken[], buffer: number): ((span: Span) => readonly Taken[]) => {
  let next = 0;
  let near: readonly Taken[] = [];
  return ({ start, end }) => {
    const from = next;
    while (next < sorted.length && sorted[next]!.start < end + buffer) next += 1;
    near = [...near, ...sorted.slice(from, next)].filter((each) => each.end + buffer > start);
    return near;
  };
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
