// arm: a stretch of an index that a statement can walk to find resources.

import { paramIds, type Scope } from './scope.ts';
import { all, always, join, never, oneOf, raw, sql, type Sql } from './sql.ts';
import type { Focus } from './holds.ts';

/** One stretch of an index. */
export interface Arm {
  readonly from: Sql;
  /** What the index looks up. */
  readonly bounds: Sql;
  /** What is looked at on each row found there. */
  readonly filter: Sql;
  readonly focus: Focus;
  /** The rows come in the order of the keys, and a bound on the key narrows them. */
  readonly ordered: boolean;
  /** How many rows there are, where counting some of them would cost too much. */
  readonly guess?: number;
}

/** All resources of a leaf are in the arms; when `exact`, only they are. */
export interface Source {
  readonly words: string;
  readonly arms: readonly Arm[];
  readonly exact: boolean;
}

/** More params, or more values, than this are looked up as a list, which does not come in the order of the keys. */
export const mostOrderedArms = 8;

/** Each of a few params by itself, or many as one list. */
export const paramGroups = (
  params: readonly string[],
  scope: Scope,
): readonly (readonly number[])[] => {
  const ids = paramIds(params, scope);
  return ids.length > mostOrderedArms ? [ids] : ids.map((id) => [id]);
};

/** What is looked up in an index of an index table. */
export interface Lookup {
  readonly table: string;
  readonly index: string;
  readonly bounds: (t: Sql) => Sql;
  readonly filter: (t: Sql) => Sql;
  /** Whether one param's rows come in the order of the keys. */
  readonly order: 'ordered' | 'unordered';
}

/** Rows of an index table, of one param or several. */
export const entryArm = (lookup: Lookup, params: readonly number[], scope: Scope): Arm => {
  const t = scope.alias();
  return {
    from: sql`${raw(lookup.table)} ${t} INDEXED BY ${raw(lookup.index)}`,
    bounds: sql`${oneOf(sql`${t}.param`, params)} AND ${lookup.bounds(t)}`,
    filter: lookup.filter(t),
    focus: { key: sql`${t}.key` },
    ordered: lookup.order === 'ordered' && params.length === 1,
  };
};

/** Many arms as a few, which have about `rows` in all: each goes through its arms one after the other, in no order. */
export const gather = (arms: readonly Arm[], rows: number, scope: Scope): readonly Arm[] => {
  const found = arms.flatMap(({ from, bounds, filter, focus }) => {
    const condition = all([bounds, filter, sql`tick(${focus.key})`]);
    return condition === never
      ? []
      : [sql`SELECT ${focus.key} AS key FROM ${from} WHERE ${condition}`];
  });
  const bundles = Array.from({ length: Math.ceil(found.length / mostTogether) }, (_, place) =>
    found.slice(place * mostTogether, (place + 1) * mostTogether),
  );
  return bundles.map((bundle) => {
    const u = scope.alias();
    return {
      from: sql`(${join(bundle, ' UNION ALL ')}) ${u}`,
      bounds: always,
      filter: always,
      focus: { key: sql`${u}.key` },
      ordered: false,
      guess: Math.ceil(rows / bundles.length),
    };
  });
};

/** SQLite takes 500 parts of a UNION. */
const mostTogether = 250;
