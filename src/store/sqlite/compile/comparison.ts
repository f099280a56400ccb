// What the prefixes mean as SQL: the condition on an entry's range, and where in an index such entries lie.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Comparison, Prefix } from '../../../search/plan.ts';
import { negation, raw, sql, type Sql } from './sql.ts';

type Condition = (low: Sql, high: Sql, asked: Comparison) => Sql;

/** The same relations as `meets` of `search/values/compare`: `low` and `high` are the entry's columns. */
export const compares = (kind: 'date' | 'number', low: Sql, high: Sql, asked: Comparison): Sql =>
  (kind === 'date' ? dates : numbers)[asked.prefix](low, high, asked);

const dateWithin: Condition = (low, high, asked) =>
  sql`${low} >= ${asked.low} AND ${high} <= ${asked.high}`;

const dates: Readonly<Record<Prefix, Condition>> = {
  eq: dateWithin,
  ne: (low, high, asked) => negation(dateWithin(low, high, asked)),
  gt: (_, high, asked) => sql`${high} > ${asked.high}`,
  lt: (low, _, asked) => sql`${low} < ${asked.low}`,
  ge: (low, high, asked) => sql`(${high} > ${asked.high} OR ${dateWithin(low, high, asked)})`,
  le: (low, high, asked) => sql`(${low} < ${asked.low} OR ${dateWithin(low, high, asked)})`,
  sa: (low, _, asked) => sql`${low} >= ${asked.high}`,
  eb: (_, high, asked) => sql`${high} <= ${asked.low}`,
  ap: (low, high, asked) => sql`${low} < ${asked.high} AND ${high} > ${asked.low}`,
};

const numberWithin: Condition = (low, high, asked) =>
  sql`${low} >= ${asked.low} AND ${high} < ${asked.high}`;

const numbers: Readonly<Record<Prefix, Condition>> = {
  eq: numberWithin,
  ne: (low, high, asked) => negation(numberWithin(low, high, asked)),
  gt: (_, high, asked) => sql`${high} > ${asked.high}`,
  lt: (low, _, asked) => sql`${low} < ${asked.low}`,
  ge: (_, high, asked) => sql`${high} >= ${asked.high}`,
  le: (low, _, asked) => sql`${low} <= ${asked.low}`,
  sa: (low, _, asked) => sql`${low} > ${asked.high}`,
  eb: (_, high, asked) => sql`${high} < ${asked.low}`,
  ap: (low, high, asked) => sql`${low} < ${asked.high} AND ${high} >= ${asked.low}`,
};

/** A stretch of an index in which all entries that meet a comparison lie; several stretches do not overlap. */
export interface Stretch {
  readonly index: string;
  readonly bounds: (low: Sql, high: Sql) => Sql;
}

/**
 * Entries no longer than `narrow` lie in the index by their low end; for those that are longer there is an index by their
 * high end, so that "ends after" finds what began long before. undefined where a comparison narrows nothing.
 */
export const stretches = (
  kind: 'date' | 'number',
  asked: Comparison,
): readonly Stretch[] | undefined => {
  const index = `${kind}_value`;
  switch (asked.prefix) {
    case 'ne':
      return undefined;
    case 'eq':
      return [{ index, bounds: (low) => sql`${low} >= ${asked.low} AND ${low} < ${asked.high}` }];
    case 'lt':
    case 'le':
    case 'eb':
      return [{ index, bounds: (low) => sql`${low} <= ${asked.high}` }];
    case 'sa':
      return [{ index, bounds: (low) => sql`${low} >= ${asked.high}` }];
    case 'gt':
    case 'ge':
      return endingFrom(kind, asked.prefix === 'gt' ? asked.high : asked.low);
    case 'ap':
      return endingFrom(kind, asked.low).map((stretch) => ({
        ...stretch,
        bounds: (low: Sql, high: Sql) =>
          sql`${stretch.bounds(low, high)} AND ${low} <= ${asked.high}`,
      }));
  }
};

const day = 86_400_000;

// The conditions of `wide` must read as those of the partial indexes in the schema, or SQLite will not use these.
const widths = {
  date: {
    narrow: day,
    wide: (low: Sql, high: Sql) => sql`${high} - ${low} > ${raw(String(day))}`,
  },
  number: { narrow: 0, wide: (low: Sql, high: Sql) => sql`${high} > ${low}` },
} as const;

const endingFrom = (kind: 'date' | 'number', end: number): readonly Stretch[] => {
  const { narrow, wide } = widths[kind];
  const start = end - narrow;
  return [
    { index: `${kind}_value`, bounds: (low) => sql`${low} >= ${start}` },
    {
      index: `${kind}_wide`,
      bounds: (low, high) => sql`${wide(low, high)} AND ${high} >= ${end} AND ${low} < ${start}`,
    },
  ];
};
