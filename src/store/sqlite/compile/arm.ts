// arm: a stretch of an index that a statement can walk to find resources.

import { paramIds, type Scope } from './scope.ts';
import { oneOf, raw, sql, type Sql } from './sql.ts';
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

/** Rows of an index table. `order` holds when param and value are one each. */
export const entryArm = (
  index: { readonly table: string; readonly name: string },
  params: readonly number[],
  conditions: { readonly bounds: (t: Sql) => Sql; readonly filter: (t: Sql) => Sql },
  order: 'ordered' | 'unordered',
  scope: Scope,
): Arm => {
  const t = scope.alias();
  return {
    from: sql`${raw(index.table)} ${t} INDEXED BY ${raw(index.name)}`,
    bounds: sql`${oneOf(sql`${t}.param`, params)} AND ${conditions.bounds(t)}`,
    filter: conditions.filter(t),
    focus: { key: sql`${t}.key` },
    ordered: order === 'ordered' && params.length === 1,
  };
};
