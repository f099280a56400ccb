// compare: what the prefixes of date, number and quantity searches mean, as relations of two ranges.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Prefix } from '../plan.ts';

/** The range of an index value, or of a search value. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

type Relation = (entry: Span, asked: Span) => boolean;

/**
 * Whether an entry meets the search value under a prefix. Dates: both are half open, [low, high). Numbers: the entry is
 * closed, [low, high] (a point when both are the same); the search value is half open for eq, ne and ap, and one exact
 * point (low = high) for the others, because R4 ignores its precision there.
 */
export const meets = (prefix: Prefix, entry: Span, asked: Span, kind: 'date' | 'number'): boolean =>
  (kind === 'date' ? dates : numbers)[prefix](entry, asked);

// "eq: the range of the search value fully contains the range of the target value"
const dateWithin: Relation = (entry, asked) => asked.low <= entry.low && entry.high <= asked.high;

const dates: Readonly<Record<Prefix, Relation>> = {
  eq: dateWithin,
  ne: (entry, asked) => !dateWithin(entry, asked),
  gt: (entry, asked) => entry.high > asked.high,
  lt: (entry, asked) => entry.low < asked.low,
  ge: (entry, asked) => entry.high > asked.high || dateWithin(entry, asked),
  le: (entry, asked) => entry.low < asked.low || dateWithin(entry, asked),
  sa: (entry, asked) => entry.low >= asked.high,
  eb: (entry, asked) => entry.high <= asked.low,
  ap: (entry, asked) => entry.low < asked.high && entry.high > asked.low,
};

const numberWithin: Relation = (entry, asked) => asked.low <= entry.low && entry.high < asked.high;

const numbers: Readonly<Record<Prefix, Relation>> = {
  eq: numberWithin,
  ne: (entry, asked) => !numberWithin(entry, asked),
  gt: (entry, asked) => entry.high > asked.high,
  lt: (entry, asked) => entry.low < asked.low,
  ge: (entry, asked) => entry.high >= asked.high,
  le: (entry, asked) => entry.low <= asked.low,
  sa: (entry, asked) => entry.low > asked.high,
  eb: (entry, asked) => entry.high < asked.low,
  ap: (entry, asked) => entry.low < asked.high && entry.high >= asked.low,
};
