// rules: when a Schedule is open, read from its extension `availability`. Hours are wall-clock times of its time zone.
// https://hl7.org/fhir/R4/schedule.html

import { IANAZone } from 'luxon';
import { Problem } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import {
  checkNames,
  fault,
  gatherFaults,
  named,
  partsOf,
  type Names,
  type Part,
} from './availability-parts.ts';
import { readClosed, readDays, readWeekly, type ClosedDays, type Hours } from './opening-hours.ts';
import { visitId } from './visit-id.ts';

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
  readonly closed: readonly ClosedDays[];
  /** Minutes before a visit until which it can be booked, and until which a patient may cancel or move it. */
  readonly notice: number;
  readonly cancelNotice: number;
  /** Whether everybody may see its times, without signing in. */
  readonly isPublished: boolean;
}

export const availabilityUrl = 'https://meridian.example/StructureDefinition/availability';

/** The longest visit with what is kept free after it, in minutes: what begins earlier than that is over. */
export const longestVisit = 480;
export const longestBuffer = 120;

/** undefined when the Schedule has none. Throws a 422 that names every element that makes no sense. */
export const readRules = (schedule: Resource): Rules | undefined => {
  const all = named(partsOf({ value: schedule, path: 'Schedule' }), availabilityUrl);
  const [found] = all;
  if (!found) return undefined;
  const gathering = gatherFaults();
  const { read, check } = gathering;
  checkNames(all, { [availabilityUrl]: 'once' }, gathering);
  const parts = partsOf(found);
  checkNames(parts, partNames, gathering);
  const minutes = (name: keyof typeof bounds) => read(() => readMinutes(found, name));
  const length = minutes('length');
  read(() => {
    checkId(schedule.id, length);
  });
  const rules = {
    ...{ zone: read(() => readZone(found)), mode: read(() => readMode(parts)) },
    ...{ length, buffer: minutes('buffer'), capacity: minutes('capacity') },
    ...{ notice: minutes('notice'), cancelNotice: minutes('cancel-notice') },
    isPublished: read(() => readPublished(parts)),
    weekly: readWeekly(parts, length, gathering),
    days: readDays(parts, length, gathering),
    closed: readClosed(parts, gathering),
  };
  check();
  // Nothing is undefined where there is no fault.
  return rules as Rules;
};

/** undefined also for rules that make no sense, which no Schedule gets any more. */
export const soundRules = (schedule: Resource): Rules | undefined => {
  try {
    return readRules(schedule);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
};

const partNames: Names = {
  ...{ 'time-zone': 'once', mode: 'once', hours: 'often', day: 'often', closed: 'often' },
  published: 'once',
  ...{ length: 'once', buffer: 'once', capacity: 'once', notice: 'once', 'cancel-notice': 'once' },
};

const bounds = {
  length: { least: 5, most: longestVisit },
  buffer: { least: 0, most: longestBuffer, standard: 0 },
  capacity: { least: 1, most: 50, standard: 1 },
  notice: { least: 0, most: 525_600, standard: 0 },
  'cancel-notice': { least: 0, most: 525_600, standard: 0 },
} as const;

const readMinutes = (found: Part, name: keyof typeof bounds): number => {
  const { least, most, standard } = { standard: undefined, ...bounds[name] };
  const [part] = named(partsOf(found), name);
  const { value, path } = part ?? { value: {}, path: found.path };
  const number = part ? (value['valuePositiveInt'] ?? value['valueUnsignedInt']) : standard;
  if (typeof number === 'number' && Number.isInteger(number))
    if (number >= least && number <= most) return number;
  throw fault(path, `'${name}' must be a whole number from ${String(least)} to ${String(most)}.`);
};

const readZone = (found: Part): string => {
  const [{ value, path } = found] = named(partsOf(found), 'time-zone');
  const zone = value['valueCode'];
  if (typeof zone === 'string' && IANAZone.isValidZone(zone)) return zone;
  throw fault(
    path,
    "'time-zone' must be a name of the IANA time zone database, such as Asia/Kolkata.",
  );
};

const readMode = (parts: readonly Part[]): Rules['mode'] => {
  const [part] = named(parts, 'mode');
  const mode = part ? part.value['valueCode'] : 'in-person';
  if (mode === 'in-person' || mode === 'video') return mode;
  throw fault(part!.path, "'mode' must be in-person or video.");
};

const readPublished = (parts: readonly Part[]): boolean => {
  const [part] = named(parts, 'published');
  const isPublished = part ? part.value['valueBoolean'] : false;
  if (typeof isPublished === 'boolean') return isPublished;
  throw fault(part!.path, "'published' must be true or false.");
};

/** The ids of visits begin with that of the Schedule. */
const checkId = (schedule: string | undefined, length: number | undefined): void => {
  if (schedule === undefined || length === undefined) return;
  if (visitId({ schedule, start: 0, end: length * 60_000 }) !== undefined) return;
  throw fault('Schedule.id', 'A Schedule that offers visits has an id of at most 50 characters.');
};
