// FHIR's partial dates as ranges of time: "2024-02" is the whole of February.
// https://hl7.org/fhir/R4/search.html#date

export interface DateRange {
  /** Milliseconds since 1970 UTC, included. */
  readonly low: number;
  /** Milliseconds since 1970 UTC, excluded. */
  readonly high: number;
}

/** Beginning and end of time for JavaScript: what a Period without start or end begins and ends with. */
export const openLow = -8.64e15;
export const openHigh = 8.64e15;

const day = 86_400_000;
const hour = 3_600_000;
const minute = 60_000;

/**
 * The range a date, dateTime or instant of any precision names; undefined when it is none (wrong form, 30 February).
 * A time without zone is UTC. Minutes without seconds are taken too, as search parameters may have them.
 */
export const readDateRange = (text: string): DateRange | undefined => {
  const length = text.length;
  const year = digits(text, 0, 4);
  if (year < 1) return undefined;
  if (length === 4) return rangeOfDays(daysBefore(year, 1), daysBefore(year + 1, 1));
  if (text.charCodeAt(4) !== dash) return undefined;
  const month = digits(text, 5, 2);
  if (month < 1 || month > 12) return undefined;
  const monthStart = daysBefore(year, month);
  const monthEnd = month === 12 ? daysBefore(year + 1, 1) : daysBefore(year, month + 1);
  if (length === 7) return rangeOfDays(monthStart, monthEnd);
  if (text.charCodeAt(7) !== dash) return undefined;
  const dayOfMonth = digits(text, 8, 2);
  if (dayOfMonth < 1 || dayOfMonth > monthEnd - monthStart) return undefined;
  const days = monthStart + dayOfMonth - 1;
  if (length === 10) return rangeOfDays(days, days + 1);
  return text.charCodeAt(10) === letterT ? readTime(text, days * day) : undefined;
};

/** In an address the `+` of a zone arrives as a blank when the client did not encode it. */
export const mendZone = (text: string): string => text.replace(/(T[\d:.]+) (\d\d:\d\d)$/, '$1+$2');

const dash = 45;
const letterT = 84;
const colon = 58;
const point = 46;

const rangeOfDays = (low: number, high: number): DateRange => ({
  low: low * day,
  high: high * day,
});

/** hh:mm, hh:mm:ss or hh:mm:ss.fff, then nothing, Z or an offset. */
const readTime = (text: string, midnight: number): DateRange | undefined => {
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  if (hours < 0 || hours > 23 || text.charCodeAt(13) !== colon) return undefined;
  if (minutes < 0 || minutes > 59) return undefined;
  let low = midnight + hours * hour + minutes * minute;
  let width = minute;
  let at = 16;
  if (text.charCodeAt(at) === colon) {
    const seconds = digits(text, 17, 2);
    // 60 is a leap second; it is taken for the first second of the next minute.
    if (seconds < 0 || seconds > 60) return undefined;
    low += seconds * 1000;
    width = 1000;
    at = 19;
    if (text.charCodeAt(at) === point) {
      const end = endOfDigits(text, at + 1);
      if (end === at + 1) return undefined;
      // A range is never narrower than the millisecond the index can hold.
      low += Number(
        text
          .slice(at + 1, at + 4)
          .slice(0, end - at - 1)
          .padEnd(3, '0'),
      );
      width = 10 ** Math.max(0, 3 - (end - at - 1));
      at = end;
    }
  }
  const offset = readOffset(text, at);
  return offset === undefined ? undefined : { low: low - offset, high: low - offset + width };
};

const readOffset = (text: string, at: number): number | undefined => {
  if (at === text.length) return 0;
  const sign = text.charAt(at);
  if (sign === 'Z') return at + 1 === text.length ? 0 : undefined;
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6) return undefined;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || text.charCodeAt(at + 3) !== colon)
    return undefined;
  return (sign === '-' ? -1 : 1) * (hours * hour + minutes * minute);
};

/** The number written in `count` digits; -1 when there are not so many. */
const digits = (text: string, start: number, count: number): number => {
  let value = 0;
  for (let at = start; at < start + count; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
};

const endOfDigits = (text: string, start: number): number => {
  let at = start;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
  return at;
};

// Days from 1970-01-01 to the first of the month. Not Date.UTC, which takes the years 1 to 99 for 1901 to 1999.
const daysBefore = (year: number, month: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};
