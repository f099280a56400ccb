// walk: going through an index that is already in the order of a sort.

import type { EntryKind } from '../../../search/entry.ts';
import type { Sort } from '../../../search/window.ts';
import type { Focus } from './holds.ts';
import { isSortRow, sortColumns } from './order.ts';
import { paramIds, typeIds, type Scope } from './scope.ts';
import { oneOf, raw, sql, type Sql } from './sql.ts';

export interface Walk {
  readonly words: string;
  /** The only types its rows are of, when that is known. */
  readonly types?: readonly string[];
  readonly from: Sql;
  readonly bounds: Sql;
  /** The first row of a resource in this direction, which is its sort value; later ones are passed over. */
  readonly isFirst?: Sql;
  readonly focus: Focus;
  /** The indexed column, and the sort value it stands for. */
  readonly column: Sql;
  readonly value: Sql;
  /** The column's content for a sort value. */
  readonly toColumn: (value: string | number) => string | number;
}

/** undefined where no one index has the order: several params or types. */
export const walkOf = (
  sort: Sort,
  types: readonly string[] | undefined,
  scope: Scope,
): Walk | undefined => {
  if (scope.rows === 'kept') return undefined;
  if (!('params' in sort))
    return sort.by === 'type' ? undefined : walkOfResources(sort.by, types, scope);
  const params = paramIds(sort.params, scope);
  return params.length === 1 ? walkOfEntries(sort.by, sort, params[0]!, scope) : undefined;
};

const walkOfResources = (
  by: 'id' | 'updated',
  types: readonly string[] | undefined,
  scope: Scope,
): Walk | undefined => {
  const type = types?.length === 1 ? types[0]! : undefined;
  const id = type === undefined ? undefined : typeIds([type], scope)[0];
  if (type === undefined || id === undefined) return undefined;
  const r = scope.alias();
  const focus = { key: sql`${r}.key`, resource: r };
  if (by === 'updated') {
    return {
      words: 'in the order of the last update',
      types: [type],
      from: sql`resource ${r} INDEXED BY resource_updated`,
      bounds: sql`${r}.type = ${id}`,
      focus,
      column: sql`${r}.updated`,
      value: sql`${r}.updated`,
      toColumn: (value) => value,
    };
  }
  return {
    words: 'in the order of the ids',
    types: [type],
    from: sql`resource ${r} INDEXED BY resource_name`,
    // '0' is the character after '/'.
    bounds: sql`${r}.name >= ${`${type}/`} AND ${r}.name < ${`${type}0`} AND +${r}.type > 0`,
    focus,
    column: sql`${r}.name`,
    value: sql`substr(${r}.name, ${type.length + 2})`,
    toColumn: (value) => `${type}/${String(value)}`,
  };
};

const walkOfEntries = (
  kind: EntryKind,
  sort: Extract<Sort, { params: readonly string[] }>,
  param: number,
  scope: Scope,
): Walk => {
  const t = scope.alias();
  const other = scope.alias();
  const column = raw(sortColumns[kind]);
  const better = raw(sort.direction === 'asc' ? '<' : '>');
  const unit = kind === 'number' ? sql` AND ${t}.unit = ${scope.names.find('') ?? 0}` : sql``;
  return {
    words: `in the order of ${sort.params.join(', ')}`,
    types: sort.params.map((param) => param.slice(0, param.indexOf('.'))),
    from: sql`${raw(kind)} ${t} INDEXED BY ${raw(`${kind}_value`)}`,
    bounds: sql`${oneOf(sql`${t}.param`, [param])} AND +${t}.n = 0${unit}`,
    isFirst: sql`NOT EXISTS (SELECT 1 FROM ${raw(kind)} ${other} WHERE ${other}.key = ${t}.key AND ${isSortRow(kind, sort.params, other, scope)} AND +${other}.${column} ${better} ${t}.${column})`,
    focus: { key: sql`${t}.key` },
    column: sql`${t}.${column}`,
    value: sql`${t}.${column}`,
    toColumn: (value) => value,
  };
};
