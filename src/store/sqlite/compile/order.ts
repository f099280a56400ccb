// order: sort values of a resource as SQL, and what comes after or before a position in a sorted list.

import type { EntryKind } from '../../../search/entry.ts';
import type { Position, Sort } from '../../../search/window.ts';
import type { Focus } from './holds.ts';
import { paramIds, type Scope } from './scope.ts';
import { all, always, any, join, never, oneOf, raw, sql, type Sql, type Value } from './sql.ts';

/** Which way a list is read: from its beginning, or from its end to fill the page before a position. */
export type Reading = 'forward' | 'backward';

/** The column that holds the sort value of each kind of entry. */
export const sortColumns: Readonly<Record<EntryKind, string>> = {
  token: 'code',
  string: 'folded',
  reference: 'target',
  uri: 'uri',
  date: 'low',
  number: 'low',
};

/** The sort value of a resource, NULL when it has none. */
export const sortValue = (sort: Sort, { key, resource }: Focus, scope: Scope): Sql => {
  switch (sort.by) {
    case 'id':
      return ofResource((r) => idOf(r), key, resource, scope);
    case 'updated':
      return ofResource((r) => sql`${r}.updated`, key, resource, scope);
    case 'type':
      return ofResource(
        (r) => sql`(SELECT text FROM type WHERE id = abs(${r}.type))`,
        key,
        resource,
        scope,
      );
    default: {
      const t = scope.alias();
      const best = raw(sort.direction === 'asc' ? 'min' : 'max');
      // The `+` keeps SQLite from walking the values of all resources to find the best of this one.
      const column = raw(`+${t.text}.${sortColumns[sort.by]}`);
      return sql`(SELECT ${best}(${column}) FROM ${raw(sort.by)} ${t} WHERE ${t}.key = ${key} AND ${isSortRow(sort.by, sort.params, t, scope)})`;
    }
  }
};

/** Rows that count for a sort: not the parts of composites, and a quantity's number as it was written. */
export const isSortRow = (
  kind: EntryKind,
  params: readonly string[],
  t: Sql,
  scope: Scope,
): Sql => {
  const ids = paramIds(params, scope);
  return all([
    oneOf(ids.length === 1 ? sql`${t}.param` : sql`+${t}.param`, ids),
    sql`+${t}.n = 0`,
    kind === 'number' ? sql`+${t}.unit = ${scope.names.find('') ?? 0}` : always,
  ]);
};

export const idOf = (r: Sql): Sql => sql`substr(${r}.name, instr(${r}.name, '/') + 1)`;

const ofResource = (
  value: (r: Sql) => Sql,
  key: Sql,
  resource: Sql | undefined,
  scope: Scope,
): Sql => {
  if (resource !== undefined) return value(resource);
  const r = scope.alias();
  return sql`(SELECT ${value(r)} FROM resource ${r} WHERE ${r}.key = ${key})`;
};

/** `values` are the sort values in the order of `sort`, the last is the key. */
export const isBeyond = (
  sort: readonly Sort[],
  values: readonly Sql[],
  position: Position,
  reading: Reading,
): Sql =>
  any(
    values.map((value, place) =>
      all([
        ...values
          .slice(0, place)
          .map((same, at) => sql`${same} IS ${bound(sort[at], position[at]!)}`),
        isBeyondAt(value, sort[place], position[place]!, reading),
      ]),
    ),
  );

const isBeyondAt = (value: Sql, sort: Sort | undefined, place: Value, reading: Reading): Sql => {
  const rises = (sort === undefined || sort.direction === 'asc') === (reading === 'forward');
  if (place === null) return reading === 'forward' ? never : sql`${value} IS NOT NULL`;
  const further = sql`${value} ${raw(rises ? '>' : '<')} ${bound(sort, place)}`;
  if (reading === 'backward' || sort === undefined) return further;
  return sql`(${value} IS NULL OR ${further})`;
};

/** Resources without a value come last whichever the direction; the key decides what is left. */
export const orderBy = (sort: readonly Sort[], values: readonly Sql[], reading: Reading): Sql => {
  const back = reading === 'backward';
  return join(
    values.flatMap((value, place) => {
      const rule = sort[place];
      const falls = (rule?.direction === 'desc') !== back;
      const term = falls ? sql`${value} DESC` : value;
      if (rule === undefined || !isNullable(rule)) return [term];
      return [back ? sql`${value} IS NULL DESC` : sql`${value} IS NULL`, term];
    }),
    ', ',
  );
};

export const isNullable = (sort: Sort): boolean => 'params' in sort;

/** Positions are plain JSON, which has no infinity. */
export const placeOf = (value: Value): Value =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

const bound = (sort: Sort | undefined, place: Value): Value =>
  sort?.by === 'number' && typeof place === 'string' ? Number(place) : place;
