// opening-hours: the hours of the week, of single days, and the days that are closed, as a Schedule says them.

import { DateTime } from 'luxon';
import {
  checkNames,
  fault,
  named,
  partsOf,
  type Gathering,
  type Part,
} from './availability-parts.ts';

/** Wall-clock minutes since midnight; `to` after `from`, 1440 being the midnight that ends the day. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** First and last day, both closed: `2026-12-24`. */
export interface ClosedDays {
  readonly first: string;
  readonly last: string;
}

/** By day of the week: Monday is 1. Hours that overlap would offer the same time twice, and are a fault. */
export const readWeekly = (
  parts: readonly Part[],
  length: number | undefined,
  gathering: Gathering,
): ReadonlyMap<number, readonly Hours[]> => {
  const found = named(parts, 'hours').flatMap((part) => {
    checkNames(partsOf(part), { day: 'often', from: 'once', to: 'once' }, gathering);
    const hours = gathering.read(() => readHours(part, length));
    const days = gathering.read(() => readWeekdays(part)) ?? [];
    return hours ? days.map((day) => ({ key: day, hours, part })) : [];
  });
  return grouped(found, gathering);
};

/** Days with hours of their own, by date. */
export const readDays = (
  parts: readonly Part[],
  length: number | undefined,
  gathering: Gathering,
): ReadonlyMap<string, readonly Hours[]> => {
  const found = named(parts, 'day').flatMap((part) => {
    checkNames(partsOf(part), { date: 'once', from: 'once', to: 'once' }, gathering);
    const hours = gathering.read(() => readHours(part, length));
    const date = gathering.read(() => readDate(part));
    return hours && date !== undefined ? [{ key: date, hours, part }] : [];
  });
  return grouped(found, gathering);
};

export const readClosed = (parts: readonly Part[], { read }: Gathering): readonly ClosedDays[] =>
  named(parts, 'closed').flatMap(({ value, path }) => {
    const closed = read(() => {
      const { start, end = start } = (value['valuePeriod'] ?? {}) as Record<string, unknown>;
      if (isDate(start) && isDate(end) && start <= end) return { first: start, last: end };
      throw fault(
        `${path}.valuePeriod`,
        "What is closed is a period of whole days such as 2026-12-24, its 'start' not after its 'end'.",
      );
    });
    return closed ? [closed] : [];
  });

const daysOfWeek = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const readWeekdays = (part: Part): readonly number[] => {
  const days = named(partsOf(part), 'day');
  if (days.length === 0)
    throw fault(part.path, `Hours name the days they are on as 'day': ${daysOfWeek.join(', ')}.`);
  return days.map(({ value, path }) => {
    const day = daysOfWeek.indexOf(value['valueCode'] as string) + 1;
    if (day > 0) return day;
    throw fault(`${path}.valueCode`, `A day of the week is one of ${daysOfWeek.join(', ')}.`);
  });
};

const readDate = (part: Part): string => {
  const [{ value, path } = part] = named(partsOf(part), 'date');
  const date = value['valueDate'];
  if (isDate(date)) return date;
  throw fault(path, "A day with hours of its own has a 'date' such as 2026-12-24.");
};

/** A day that is in the calendar, and a whole one. */
const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid;

const readHours = (part: Part, length: number | undefined): Hours => {
  const [from, end] = [readTime(part, 'from'), readTime(part, 'to')];
  // A day ends where the next one begins.
  const to = end === 0 ? 1440 : end;
  if (from >= to)
    throw fault(
      part.path,
      "'from' must be before 'to'; hours past midnight are those of two days.",
    );
  if (length !== undefined && to - from < length)
    throw fault(
      part.path,
      `These hours are shorter than one visit of ${String(length)} minutes: open longer, or make 'length' less.`,
    );
  return { from, to };
};

const readTime = (part: Part, name: 'from' | 'to'): number => {
  const [{ value, path } = part] = named(partsOf(part), name);
  const time = value['valueTime'];
  const [, hours, minutes] = (typeof time === 'string' && wholeMinutes.exec(time)) || [];
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes);
  throw fault(path, `'${name}' is a time of whole minutes such as 09:30:00.`);
};

const wholeMinutes = /^([01]\d|2[0-3]):([0-5]\d):00(?:\.0+)?$/;

interface Found<Key> {
  readonly key: Key;
  readonly hours: Hours;
  readonly part: Part;
}

const grouped = <Key>(
  found: readonly Found<Key>[],
  { read }: Gathering,
): ReadonlyMap<Key, readonly Hours[]> =>
  new Map(
    [...Map.groupBy(found, ({ key }) => key)].map(([key, all]) => {
      const sorted = all.toSorted((a, b) => a.hours.from - b.hours.from);
      read(() => {
        checkApart(sorted);
      });
      return [key, sorted.map(({ hours }) => hours)];
    }),
  );

const checkApart = (sorted: readonly Found<unknown>[]): void => {
  const overlapping = sorted.find(
    ({ hours }, place) => hours.from < (sorted[place - 1]?.hours.to ?? 0),
  );
  if (!overlapping) return;
  const { key, part } = overlapping;
  const day = typeof key === 'number' ? daysOfWeek[key - 1]! : String(key);
  throw fault(part.path, `These hours overlap others of ${day}: say each time once.`);
};
