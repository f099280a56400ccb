// reach: where in an index the ranges lie that meet a comparison.
// https://hl7.org/fhir/R4/search.html#prefix

import type { Comparison } from '../../../search/plan.ts';
import { all, always, raw, sql, type Sql } from './sql.ts';

/** What all ranges have in common that meet a comparison: they begin from … until …, and end from … on. */
export interface Reach {
  readonly from: number;
  readonly until: number;
  readonly endsFrom: number;
}

/** undefined where a comparison narrows nothing. */
export const reachOf = ({ prefix, low, high }: Comparison): Reach | undefined => {
  switch (prefix) {
    case 'ne':
      return undefined;
    case 'eq':
      return { ...anywhere, from: low, until: high };
    case 'lt':
    case 'le':
    case 'eb':
      return { ...anywhere, until: high };
    case 'sa':
      return { ...anywhere, from: high };
    case 'gt':
      return { ...anywhere, endsFrom: high };
    case 'ge':
      return { ...anywhere, endsFrom: low };
    case 'ap':
      return { ...anywhere, until: high, endsFrom: low };
  }
};

const anywhere: Reach = { from: -Infinity, until: Infinity, endsFrom: -Infinity };

/** Of comparisons that one and the same range has to meet. */
export const commonReach = (comparisons: readonly Comparison[]): Reach =>
  comparisons
    .map((comparison) => reachOf(comparison) ?? anywhere)
    .reduce(
      (a, b) => ({
        from: Math.max(a.from, b.from),
        until: Math.min(a.until, b.until),
        endsFrom: Math.max(a.endsFrom, b.endsFrom),
      }),
      anywhere,
    );

/** A part of an index, as a condition on the columns of the range's ends. */
export interface Stretch {
  readonly index: string;
  readonly bounds: (low: Sql, high: Sql) => Sql;
}

/**
 * The stretches of a reach, in the order of where ranges begin; they do not overlap. Ranges no longer than `narrow` are
 * found by their beginning; for longer ones there is an index by their end, so that "ends after" finds what began long
 * before.
 */
export const stretchesOf = (
  kind: 'date' | 'number' | 'updated',
  { from, until, endsFrom }: Reach,
): readonly Stretch[] => {
  const { narrow, wide } = widths[kind];
  const start = Math.max(from, endsFrom - narrow);
  const byBeginning: Stretch = {
    index: `${kind}_value`,
    bounds: (low) => between(low, start, until),
  };
  if (wide === undefined || start === from) return [byBeginning];
  const byEnd: Stretch = {
    index: `${kind}_wide`,
    bounds: (low, high) =>
      all([
        wide(low, high),
        sql`${high} >= ${endsFrom}`,
        sql`${low} < ${start}`,
        between(low, from, until),
      ]),
  };
  return [byEnd, byBeginning];
};

const between = (column: Sql, first: number, last: number): Sql =>
  all([
    first === -Infinity ? always : sql`${column} >= ${first}`,
    last === Infinity ? always : sql`${column} <= ${last}`,
  ]);

const day = 86_400_000;

// The conditions of `wide` must read as those of the partial indexes in the schema, or SQLite will not use these.
const widths: Readonly<
  Record<
    'date' | 'number' | 'updated',
    { readonly narrow: number; readonly wide?: (low: Sql, high: Sql) => Sql }
  >
> = {
  date: { narrow: day, wide: (low, high) => sql`${high} - ${low} > ${raw(String(day))}` },
  number: { narrow: 0, wide: (low, high) => sql`${high} > ${low}` },
  updated: { narrow: 1 },
};
