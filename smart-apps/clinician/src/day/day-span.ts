// Day span: when a day begins and ends in a time zone, also on days of 23 and 25 hours.
// https://tc39.es/ecma402/#datetimeformat-objects

export interface Span {
  /** Instants; the end is where the next day begins. */
  readonly start: string;
  readonly end: string;
}

/** `day` is a date such as `2026-11-21`. */
export const spanOfDay = (day: string, timeZone: string): Span => ({
  start: beginOf(day, timeZone),
  end: beginOf(plusDays(day, 1), timeZone),
});

/** The date it is now there. */
export const dayAt = (now: number, timeZone: string): string => {
  const { year, month, day } = partsAt(now, timeZone);
  return [year, pad(month), pad(day)].join('-');
};

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
