// Comparing dates, dateTimes, instants and times of different precision as FHIRPath does: sometimes nobody can say.
// https://hl7.org/fhirpath/N1/#comparison

import { readDateRange } from '../date.ts';
import type { Element } from './element.ts';

const temporalTypes = new Set([
  'date',
  'dateTime',
  'instant',
  'time',
  'System.Date',
  'System.DateTime',
  'System.Time',
]);

export const isTemporal = ({ type }: Element): boolean => temporalTypes.has(type);

/** Below, equal or above zero; undefined when their precisions or an unknown time zone leave it open. */
export const compareTemporal = (a: string, b: string): number | undefined => {
  if (a === b) return 0;
  const left = readDateRange(asDateTime(a));
  const right = readDateRange(asDateTime(b));
  if (left === undefined || right === undefined) return undefined;
  const slack = hasZone(a) === hasZone(b) ? 0 : widestOffset;
  if (left.high + slack <= right.low) return -1;
  if (right.high + slack <= left.low) return 1;
  return slack === 0 && precision(a) === precision(b) ? left.low - right.low : undefined;
};

// A zone is at most 14 hours from UTC. A date without time has none and is left out of the doubt.
const widestOffset = 14 * 3_600_000;

const hasZone = (text: string): boolean => !text.includes(':') || /(?:Z|[+-]\d\d:\d\d)$/.test(text);

/** Times are compared on one and the same day; an hour alone, which FHIR does not have, gets its minutes. */
const asDateTime = (text: string): string => {
  if (/^\d\d(?::|$)/.test(text)) return asDateTime(`2000-01-01T${text}`);
  return text.replace(/T(\d\d)(?=Z|[+-]|$)/, 'T$1:00');
};

// Seconds and their fractions are one precision.
const precision = (text: string): number =>
  text
    .replace(/\.\d+/, '')
    .replace(/(?:Z|[+-]\d\d:\d\d)$/, '')
    .split(/[-T:]/).length;
