// rules: when a Schedule is open, read from its extension `availability`. Hours are wall-clock times of its time zone.
// https://hl7.org/fhir/R4/schedule.html

import { IANAZone } from 'luxon';
import { unprocessable } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';

/** Wall-clock minutes since midnight; `to` after `from`, 1440 being the midnight that ends the day. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface Rules {
  readonly zone: string;
  /** Minutes of a visit, and after it before the next one begins. */
  readonly length: number;
  readonly buffer: number;
  /** Visits at one time: more than one for groups. */
  readonly capacity: number;
  readonly mode: 'in-person' | 'video';
  /** By day of the week: Monday is 1. */
  readonly weekly: ReadonlyMap<number, readonly Hours[]>;
  /** Days with hours of their own instead of the weekly ones, by date: `2026-12-24`. */
  readonly days: ReadonlyMap<string, readonly Hours[]>;
  /** First and last day, both closed. */
  readonly closed: readonly { readonly first: string; readonly last: string }[];
  /** Minutes before a visit until which it can be booked, and until which a patient may cancel or move it. */
  readonly notice: number;
  readonly cancelNotice: number;
}

export const availabilityUrl = 'https://meridian.example/StructureDefinition/availability';

/** The longest visit with what is kept free after it, in minutes: what begins earlier than that is over. */
export const longestVisit = 480;
export const longestBuffer = 120;

/** undefined when the Schedule has none. Throws a 422 that names the element when they make no sense. */
export const readRules = (schedule: Resource): Rules | undefined => {
  const part = listOf(schedule['extension']).find(({ url }) => url === availabilityUrl);
  if (!part) return undefined;
  const parts = listOf(part['extension']);
  const hours = parts.filter(({ url }) => url === 'hours').map(readWeekly);
  return {
    zone: readZone(parts),
    length: readMinutes(parts, 'length', { least: 5, most: longestVisit }),
    buffer: readMinutes(parts, 'buffer', { least: 0, most: longestBuffer, standard: 0 }),
    capacity: readMinutes(parts, 'capacity', { least: 1, most: 50, standard: 1 }),
    mode: readMode(parts),
    weekly: grouped(hours.flat()),
    days: grouped(parts.filter(({ url }) => url === 'day').map(readDay)),
    closed: parts.filter(({ url }) => url === 'closed').map(readClosed),
    notice: readMinutes(parts, 'notice', { least: 0, most: 525_600, standard: 0 }),
    cancelNotice: readMinutes(parts, 'cancel-notice', { least: 0, most: 525_600, standard: 0 }),
  };
};

type Part = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly Part[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const fault = (part: string, must: string) =>
  unprocessable([
    {
      ...{ severity: 'error', code: 'value' },
      diagnostics: `The part '${part}' of the availability ${must}.`,
      expression: [`Schedule.extension('${availabilityUrl}').extension('${part}')`],
    },
  ]);

const readZone = (parts: readonly Part[]): string => {
  const zone = parts.find(({ url }) => url === 'time-zone')?.['valueCode'];
  if (typeof zone === 'string' && IANAZone.isValidZone(zone)) return zone;
  throw fault('time-zone', 'must be a name of the IANA time zone database, such as Asia/Kolkata');
};

const readMode = (parts: readonly Part[]): Rules['mode'] => {
  const mode = parts.find(({ url }) => url === 'mode')?.['valueCode'] ?? 'in-person';
  if (mode === 'in-person' || mode === 'video') return mode;
  throw fault('mode', 'must be in-person or video');
};

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly standard?: number;
}

const readMinutes = (parts: readonly Part[], name: string, bounds: Bounds): number => {
  const { least, most, standard } = bounds;
  const part = parts.find(({ url }) => url === name);
  const value = part?.['valuePositiveInt'] ?? part?.['valueUnsignedInt'] ?? standard;
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw fault(name, `must be a whole number from ${String(least)} to ${String(most)}`);
};

const daysOfWeek = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

type Dated<Key> = readonly [Key, Hours];

const readWeekly = (part: Part): readonly Dated<number>[] => {
  const parts = listOf(part['extension']);
  const codes = parts.filter(({ url }) => url === 'day').map(({ valueCode }) => valueCode);
  const days = codes.map((code) => daysOfWeek.indexOf(code as string) + 1);
  if (days.length === 0 || days.includes(0))
    throw fault('hours', `must name its days: ${daysOfWeek.join(', ')}`);
  const hours = readHours(parts, 'hours');
  return days.map((day) => [day, hours]);
};

const readDay = (part: Part): Dated<string> => {
  const parts = listOf(part['extension']);
  const date = parts.find(({ url }) => url === 'date')?.['valueDate'];
  if (typeof date !== 'string' || !wholeDate.test(date)) throw fault('day', 'must have a date');
  return [date, readHours(parts, 'day')];
};

const readHours = (parts: readonly Part[], name: string): Hours => {
  const [from, to] = ['from', 'to'].map((end) =>
    minutesOf(parts.find(({ url }) => url === end)?.['valueTime']),
  );
  // A day ends where the next one begins.
  const end = to === 0 ? 1440 : to;
  if (from !== undefined && end !== undefined && from < end) return { from, to: end };
  throw fault(name, "must have times 'from' and 'to', the first before the second");
};

const minutesOf = (time: unknown): number | undefined => {
  const [, hours, minutes] = (typeof time === 'string' && /^(\d\d):(\d\d):00/.exec(time)) || [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};

const wholeDate = /^\d{4}-\d\d-\d\d$/;

const readClosed = ({ valuePeriod }: Part): Rules['closed'][number] => {
  const { start, end = start } = (valuePeriod ?? {}) as { start?: unknown; end?: unknown };
  if (typeof start === 'string' && typeof end === 'string')
    if (wholeDate.test(start) && wholeDate.test(end) && start <= end)
      return { first: start, last: end };
  throw fault('closed', 'must be a period of whole days');
};

const grouped = <Key>(dated: readonly Dated<Key>[]): ReadonlyMap<Key, readonly Hours[]> =>
  new Map(
    [...Map.groupBy(dated, ([key]) => key)].map(([key, all]) => [
      key,
      all.map(([, hours]) => hours).toSorted((a, b) => a.from - b.from),
    ]),
  );
