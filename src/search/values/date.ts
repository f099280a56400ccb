// date: a moment or a period as the range of time it covers.
// https://hl7.org/fhir/R4/search.html#date

import { mendZone, openHigh, openLow, readDateRange } from '../../fhir/date.ts';
import type { Element } from '../../fhir/path/compile.ts';
import { invalid } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { unescape } from '../escape.ts';
import type { DateEntry } from '../entry.ts';
import type { Comparison, DateLeaf } from '../plan.ts';
import type { Span } from './compare.ts';
import { readPrefix } from './prefix.ts';
import type { Place, Read, ValueType } from './types.ts';

const index = (element: Element, { param, n }: Place): readonly DateEntry[] => {
  const span = spanOf(element);
  return span === undefined ? [] : [{ kind: 'date', param, n, low: span.low, high: span.high }];
};

const spanOf = ({ value, type }: Element): Span | undefined => {
  if (typeof value === 'string') return type === 'instant' ? instant(value) : partial(value, type);
  if (!isObject(value)) return undefined;
  if (type === 'Period') return period(value);
  return type === 'Timing' ? timing(value) : undefined;
};

// Some parameters also lead to texts ("toddler"), which are no dates even when they look like one.
const partial = (text: string, type: string): Span | undefined =>
  type === 'date' || type === 'dateTime' ? readDateRange(text) : undefined;

/** "An instant is considered a fixed point in time", whatever its precision. */
const instant = (text: string): Span | undefined => {
  const span = readDateRange(text);
  return span && { low: span.low, high: span.low + 1 };
};

/** "A missing lower boundary is less than any actual date. A missing upper boundary is greater than any actual date." */
const period = (value: Readonly<Record<string, unknown>>): Span | undefined => {
  const start = typeof value['start'] === 'string' ? readDateRange(value['start']) : undefined;
  const end = typeof value['end'] === 'string' ? readDateRange(value['end']) : undefined;
  if (start === undefined && end === undefined) return undefined;
  return { low: start?.low ?? openLow, high: end?.high ?? openHigh };
};

/** "The specified scheduling details are ignored and only the outer limits matter." */
const timing = (value: Readonly<Record<string, unknown>>): Span | undefined => {
  const events = Array.isArray(value['event']) ? (value['event'] as readonly unknown[]) : [];
  const repeat = isObject(value['repeat']) ? value['repeat'] : {};
  const bounds = isObject(repeat['boundsPeriod']) ? period(repeat['boundsPeriod']) : undefined;
  const spans = events.flatMap((event) =>
    typeof event === 'string' ? (readDateRange(event) ?? []) : [],
  );
  const all = bounds === undefined ? spans : [...spans, bounds];
  // One by one: a call takes only so many arguments, and a Timing may have more events.
  return all.length === 0 ? undefined : all.reduce(outerLimits);
};

const outerLimits = (one: Span, other: Span): Span => ({
  low: Math.min(one.low, other.low),
  high: Math.max(one.high, other.high),
});

const read: Read = (text, { name, params, now }): DateLeaf => ({
  op: 'date',
  params,
  ...readDateComparison(text, name, now),
});

/** `ge2013-01-14` as a comparison. Throws a 400 when it is no date. */
export const readDateComparison = (text: string, name: string, now: number): Comparison => {
  const [prefix, rest] = readPrefix(unescape(text));
  const span = searchSpan(rest);
  if (span === undefined)
    throw invalid(
      `'${rest}' is not a date for parameter '${name}'; write it as yyyy, yyyy-mm, yyyy-mm-dd or yyyy-mm-ddThh:mm[:ss][Z|+hh:mm].`,
    );
  return { prefix, ...(prefix === 'ap' ? widen(span, now) : span) };
};

/**
 * Digits after the milliseconds, up to nanoseconds, put the value between two of the server's milliseconds: it contains no
 * index value and no index value contains it.
 */
const searchSpan = (text: string): Span | undefined => {
  const date = mendZone(text);
  const [, milliseconds, finer] = /\.(\d{3})(\d*)/.exec(date) ?? [];
  if (milliseconds === undefined || finer === undefined || finer === '') return readDateRange(date);
  if (finer.length > 6) return undefined;
  const span = readDateRange(date.replace(/(\.\d{3})\d+/, '$1'));
  if (span === undefined || /^0+$/.test(finer)) return span;
  return { low: span.low + 0.25, high: span.low + 0.5 };
};

/** "The recommended value for the approximation is [...] for a date, 10% of the gap between now and the date." */
const widen = ({ low, high }: Span, now: number): Span => {
  const gap = now < low ? low - now : now > high ? now - high : 0;
  return {
    low: Math.max(openLow, Math.floor(low - gap / 10)),
    high: Math.min(openHigh, Math.ceil(high + gap / 10)),
  };
};

export const date: ValueType = {
  kind: 'date',
  index,
  readers: { '': read },
};
