// comparison: what the prefixes mean as SQL, the condition on an entry's range.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Comparison, Prefix } from '../../../search/plan.ts';
import { negation, sql, type Sql } from './sql.ts';

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
