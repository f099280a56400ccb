// walk: going through an index that is already in the order of a sort.

import type { Plan, Updated } from '../../../search/plan.ts';
import type { Sort } from '../../../search/window.ts';
import type { Focus } from './holds.ts';
import { isSortRow, sortColumns } from './order.ts';
import { datesOf, hasSingleDates } from './parts.ts';
import { commonReach, stretchesOf } from './reach.ts';
import { paramIds, typeIds, type Scope } from './scope.ts';
import { all, always, oneOf, raw, sql, type Sql } from './sql.ts';

export interface Walk {
  readonly words: string;
  /** The only types its rows are of. */
  readonly types: readonly string[];
  /** Pieces of the way, in the rising order of the column. */
  readonly pieces: readonly Piece[];
  /** The first row of a resource in this direction, which is its sort value; later ones are passed over. */
  readonly isFirst: Sql;
  readonly focus: Focus;
  /** The indexed column, and the sort value it stands for. */
  readonly column: Sql;
  readonly value: Sql;
  /** The column's content for a sort value. */
  readonly toColumn: (value: string | number) => string | number;
}

export interface Piece {
  readonly from: Sql;
  readonly bounds: Sql;
}

/** What a plan says that a walk can begin and end by. */
export interface Said {
  readonly types: readonly string[] | undefined;
  readonly parts: readonly Plan[];
}

/** undefined where no one index has the order: several params or types. */
export const walkOf = (sort: Sort, said: Said, scope: Scope): Walk | undefined => {
  if (scope.rows === 'kept' || sort.by === 'type') return undefined;
  if ('params' in sort) {
    const [param, ...others] = paramIds(sort.params, scope);
    if (param === undefined || others.length > 0) return undefined;
    return sort.by === 'date'
      ? walkOfDates(sort, param, said, scope)
      : walkOfEntries(sort, param, scope);
  }
  const type = said.types?.length === 1 ? said.types[0]! : undefined;
  const id = type === undefined ? undefined : typeIds([type], scope)[0];
  if (type === undefined || id === undefined) return undefined;
  return sort.by === 'id' ? walkOfIds(type, scope) : walkOfUpdates(type, id, said, scope);
};

const walkOfIds = (type: string, scope: Scope): Walk => {
  const r = scope.alias();
  // '0' is the character after '/'.
  const bounds = sql`${r}.name >= ${`${type}/`} AND ${r}.name < ${`${type}0`} AND +${r}.type > 0`;
  return {
    words: 'in the order of the ids',
    types: [type],
    pieces: [{ from: sql`resource ${r} INDEXED BY resource_name`, bounds }],
    isFirst: always,
    focus: { key: sql`${r}.key`, resource: r },
    column: sql`${r}.name`,
    value: sql`substr(${r}.name, ${type.length + 2})`,
    toColumn: (value) => `${type}/${String(value)}`,
  };
};

const walkOfUpdates = (type: string, id: number, { parts }: Said, scope: Scope): Walk => {
  const r = scope.alias();
  const column = sql`${r}.updated`;
  const asked = parts.filter((part): part is Updated => part.op === 'updated');
  const pieces = stretchesOf('updated', commonReach(asked)).map(({ bounds }) => ({
    from: sql`resource ${r} INDEXED BY resource_updated`,
    bounds: all([sql`${r}.type = ${id}`, bounds(column, sql`${column} + 1`)]),
  }));
  return {
    words: 'in the order of the last update',
    types: [type],
    pieces,
    isFirst: always,
    focus: { key: sql`${r}.key`, resource: r },
    column,
    value: column,
    toColumn: (value) => value,
  };
};

type EntrySort = Extract<Sort, { params: readonly string[] }>;

const walkOfEntries = (sort: EntrySort, param: number, scope: Scope): Walk => {
  const t = scope.alias();
  const other = scope.alias();
  const column = raw(sortColumns[sort.by]);
  const better = raw(sort.direction === 'asc' ? '<' : '>');
  const unit = sort.by === 'number' ? sql`${t}.unit = ${scope.names.find('') ?? 0}` : always;
  const others = isSortRow(sort.by, sort.params, other, scope);
  return {
    ...commonOf(sort, t),
    pieces: [
      {
        from: sql`${raw(sort.by)} ${t} INDEXED BY ${raw(`${sort.by}_value`)}`,
        bounds: all([isSorted(t, param), unit]),
      },
    ],
    isFirst: sql`NOT EXISTS (SELECT 1 FROM ${raw(sort.by)} ${other} WHERE ${other}.key = ${t}.key AND ${others} AND +${other}.${column} ${better} ${t}.${column})`,
  };
};

/**
 * Where no resource has two dates, each row is its first, and a condition on the date says where the way begins and ends.
 */
const walkOfDates = (sort: EntrySort, param: number, { parts }: Said, scope: Scope): Walk => {
  const whole = walkOfEntries(sort, param, scope);
  if (!hasSingleDates(sort.params, scope)) return whole;
  const dates = datesOf(sort.params, parts, scope);
  if (dates.length === 0) return { ...whole, isFirst: always };
  const t = scope.alias();
  const pieces = stretchesOf('date', commonReach(dates)).map(({ index, bounds }) => ({
    from: sql`date ${t} INDEXED BY ${raw(index)}`,
    bounds: all([isSorted(t, param), bounds(sql`${t}.low`, sql`${t}.high`)]),
  }));
  return { ...commonOf(sort, t), pieces, isFirst: always };
};

const isSorted = (t: Sql, param: number): Sql =>
  sql`${oneOf(sql`${t}.param`, [param])} AND +${t}.n = 0`;

const commonOf = (sort: EntrySort, t: Sql) => {
  const column = sql`${t}.${raw(sortColumns[sort.by])}`;
  return {
    words: `in the order of ${sort.params.join(', ')}`,
    types: sort.params.map((name) => name.slice(0, name.indexOf('.'))),
    focus: { key: sql`${t}.key` },
    column,
    value: column,
    toColumn: (value: string | number) => value,
  };
};
