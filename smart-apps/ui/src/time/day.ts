// Day: a date such as `2026-11-21`, and when it begins and ends in a time zone, also where it has 23 or 25 hours.
// https://tc39.es/ecma402/#datetimeformat-objects

export interface Span {
  /** Instants; the end belongs to it no more. */
  readonly start: string;
  readonly end: string;
}

/** Until the day after it begins, or so many days later. */
export const spanOfDay = (day: string, timeZone: string, days = 1): Span => ({
  start: beginOf(day, timeZone),
  end: beginOf(plusDays(day, days), timeZone),
});

/** What is left of a span. */
export const leftOf = ({ start, end }: Span, now: number): Span => ({
  start: new Date(Math.max(Date.parse(start), now)).toISOString(),
  end,
});

/** What a field of dates gives is none while somebody types. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

export const deviceTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The date it is there; `now` in milliseconds since 1970. */
export const dayAt = (now: number, timeZone: string): string => {
  const { year, month, day } = partsAt(now, timeZone);
  return [year, pad(month), pad(day)].join('-');
};

/** The date this device shows. */
export const today = (): string => dayAt(Date.now(), deviceTimeZone());

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Midnight as if it were in UTC, put right by the difference at that time; twice, because the difference may change in between. */
const beginOf = (day: string, timeZone: string): string => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - differenceAt(midnight, timeZone);
  return new Date(midnight - differenceAt(guess, timeZone)).toISOString();
};

/** How far the clocks there are ahead of UTC, in milliseconds. */
const differenceAt = (time: number, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = partsAt(time, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
};

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const partsAt = (time: number, timeZone: string): Parts => {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const parts = format.formatToParts(time).map(({ type, value }) => [type, Number(value)]);
  return Object.fromEntries(parts) as Parts;
};

const pad = (value: number): string => String(value).padStart(2, '0');
