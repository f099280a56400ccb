// offered-times: the times at which visits may begin under the rules of a Schedule, whether taken or not.
// A wall-clock time that a change of the clocks skips means the same time after it began; one that comes twice, its first.

import { DateTime } from 'luxon';
import type { Hours } from './opening-hours.ts';
import type { Rules } from './rules.ts';
import type { Span } from './span.ts';

/** Visits that begin within the span, in order. Days have as many as fit between their hours: 23, 24 or 25 of them. */
export const offeredTimes = (rules: Rules, within: Span): readonly Span[] => {
  const found = daysOf(within, rules.zone).flatMap((day) =>
    hoursOf(day, rules).flatMap((hours) => visitsIn(openingOf(day, hours), rules)),
  );
  return found.filter(({ start }) => start >= within.start && start < within.end);
};

/** Opening may have begun the day before in the zone of the Schedule. */
const daysOf = ({ start, end }: Span, zone: string): readonly DateTime[] => {
  const days: DateTime[] = [];
  const last = DateTime.fromMillis(end, { zone });
  let day = DateTime.fromMillis(start, { zone }).startOf('day');
  for (; day < last; day = day.plus({ days: 1 })) days.push(day);
  return days;
};

const hoursOf = (day: DateTime, { weekly, days, closed }: Rules): readonly Hours[] => {
  const date = day.toISODate()!;
  const own = days.get(date);
  if (own) return own;
  if (closed.some(({ first, last }) => first <= date && date <= last)) return [];
  return weekly.get(day.weekday) ?? [];
};

const openingOf = (day: DateTime, { from, to }: Hours): Span => ({
  start: momentOf(day, from),
  end: momentOf(day, to),
});

const momentOf = (day: DateTime, minutes: number): number => {
  if (minutes === 1440) return day.plus({ days: 1 }).startOf('day').toMillis();
  const time = day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  return Math.min(...time.getPossibleOffsets().map((each) => each.toMillis()));
};

const visitsIn = ({ start, end }: Span, { length, buffer }: Rules): readonly Span[] => {
  const [visit, step] = [length * 60_000, (length + buffer) * 60_000];
  const count = Math.max(0, Math.floor((end - start - visit) / step) + 1);
  return Array.from({ length: count }, (_, place) => {
    const from = start + place * step;
    return { start: from, end: from + visit };
  });
};
