// reader: everything that only reads resources, on one connection; the main thread has one, each reader thread another.

import type { Plan } from '../../search/plan.ts';
import type { Position, Window } from '../../search/window.ts';
import type { HistoryWindow, Key, Page, Version } from '../port.ts';
import type { Planner } from './compile/access.ts';
import { compileCount } from './compile/count.ts';
import { createEstimator, type Estimator } from './compile/estimate.ts';
import { isEmpty } from './compile/is-empty.ts';
import { placeOf } from './compile/order.ts';
import { createScope, type Scope } from './compile/scope.ts';
import { compileSearch, versionColumns } from './compile/search.ts';
import type { Value } from './compile/sql.ts';
import {
  compileNewest,
  compileVersionCount,
  compileVersions,
  isNewest,
} from './compile/versions.ts';
import { rowsOf, type Connection, type Row } from './connection.ts';
import { guarded, installGuard, type Allowance } from './guard.ts';
import { createNames, type Names } from './names.ts';

/** An allowance, and the cost from which on it is not even tried. */
export interface Effort extends Allowance {
  readonly cost: number;
}

/** The methods answer undefined when the effort was not enough. */
export interface Reader {
  read(keys: readonly Key[]): readonly (Version | undefined)[];
  search(plan: Plan, window: Window, effort: Effort): Page<Version> | undefined;
  count(plan: Plan, effort: Effort): number | undefined;
  versions(
    of: Partial<Key>,
    plan: Plan,
    window: HistoryWindow,
    effort: Effort,
  ): Page<Version> | undefined;
  countVersions(
    of: Partial<Key>,
    plan: Plan,
    window: Omit<HistoryWindow, 'size'>,
    effort: Effort,
  ): number | undefined;
  explain(plan: Plan, window: Window): unknown;
}

const empty: Page<never> = { items: [] };

/** The estimator chooses among ways that all give the same. */
export const createReader = (
  connection: Connection,
  estimator: Estimator = createEstimator(connection),
): Reader => {
  installGuard(connection);
  const names = createNames(connection);
  const planner = (rows: Scope['rows']): Planner => ({
    scope: createScope(names, rows),
    estimator,
  });
  const current = connection.statement(
    `SELECT ${versionColumns.text} FROM resource r CROSS JOIN version v ON v.seq = r.seq WHERE r.name = ?`,
  );
  const former = connection.statement(
    `SELECT ${versionColumns.text} FROM resource r CROSS JOIN version v ON v.key = r.key AND v.version = ? WHERE r.name = ?`,
  );

  const readOne = ({ type, id, version }: Key): Version | undefined => {
    const name = `${type}/${id}`;
    const row = version === undefined ? current.get(name) : former.get(version, name);
    return row === undefined ? undefined : toVersion(row as unknown as Row, 0, names);
  };

  return {
    read: (keys) => connection.snapshot(() => keys.map(readOne)),
    // Choosing a way looks into the store as well: it must be the same state that is then searched.
    search: (plan, window, effort) =>
      connection.snapshot(() => {
        const tools = planner('live');
        if (window.size === 0 || isEmpty(plan, tools.scope)) return empty;
        const compiled = compileSearch(plan, window, tools);
        if (compiled.cost > effort.cost) return undefined;
        return guarded(connection, effort, () => {
          const rows = runInTurn(connection, compiled.statements, window);
          return toPage(rows, window, (row) => toFound(row, window.sort, names));
        });
      }),
    count: (plan, effort) =>
      connection.snapshot(() => {
        const tools = planner('live');
        if (isEmpty(plan, tools.scope)) return 0;
        const { cost, statement } = compileCount(plan, tools);
        if (cost > effort.cost) return undefined;
        return guarded(connection, effort, () => Number(rowsOf(connection, statement)[0]![0]));
      }),
    versions: (of, plan, window, effort) =>
      connection.snapshot(() => {
        const tools = planner('kept');
        if (window.size === 0 || isEmpty(plan, tools.scope)) return empty;
        if (isNewest(of, window)) {
          const newest = compileNewest(of, plan, tools);
          return guarded(connection, effort, () => toNewest(rowsOf(connection, newest), names));
        }
        const statement = compileVersions({ of, plan, window }, window.size, tools);
        return guarded(connection, effort, () =>
          toPage(rowsOf(connection, statement), window, (row) => ({
            position: [row[1]!, row[2]!],
            version: toVersion(row, 3, names),
          })),
        );
      }),
    countVersions: (of, plan, window, effort) =>
      connection.snapshot(() => {
        const tools = planner('kept');
        if (isEmpty(plan, tools.scope)) return 0;
        const statement = compileVersionCount({ of, plan, window }, tools);
        return guarded(connection, effort, () => Number(rowsOf(connection, statement)[0]![0]));
      }),
    explain: (plan, window) => {
      const tools = planner('live');
      if (isEmpty(plan, tools.scope)) return { way: 'nothing can match', statements: [] };
      const compiled = compileSearch(plan, window, tools);
      return {
        way: compiled.words,
        expectedMicroseconds: Math.round(compiled.cost),
        statements: compiled.statements.map((statement) => {
          const { text, values } = statement();
          const steps = connection.all(`EXPLAIN QUERY PLAN ${text}`, values);
          return { sql: text, values, steps: steps.map((step) => step[3]) };
        }),
      };
    },
  };
};

const toNewest = ([row]: readonly Row[], names: Names): Page<Version> => {
  if (row === undefined) return empty;
  const items = [toVersion(row, 3, names)];
  return row.at(-1) === 1 ? { items, next: [row[1]!, row[2]!] } : { items };
};

/** Statement after statement until there is one row more than the page has. */
const runInTurn = (
  connection: Connection,
  statements: ReturnType<typeof compileSearch>['statements'],
  { size }: Window,
): readonly Row[] => {
  let rows: readonly Row[] = [];
  for (const statement of statements) {
    if (rows.length > size) break;
    const found = rowsOf(connection, statement());
    rows = rows.length === 0 ? found : [...rows, ...found];
  }
  return rows.slice(0, size + 1);
};

interface Found {
  readonly position: Position;
  readonly version: Version;
}

/** A page read backward comes from its end. What was asked after or before a position has something on that side. */
const toPage = (
  rows: readonly Row[],
  window: Pick<Window, 'size' | 'after' | 'before'>,
  read: (row: Row) => Found,
): Page<Version> => {
  const back = window.before !== undefined;
  const taken = rows.slice(0, window.size).map(read);
  const found = back ? taken.toReversed() : taken;
  const isMore = rows.length > window.size;
  const first = found[0];
  const last = found.at(-1);
  const hasPrevious = back ? isMore : window.after !== undefined;
  const hasNext = back || isMore;
  return {
    items: found.map(({ version }) => version),
    ...(hasNext && last !== undefined ? { next: last.position } : {}),
    ...(hasPrevious && first !== undefined ? { previous: first.position } : {}),
  };
};

const toFound = (row: Row, sort: Window['sort'], names: Names): Found => ({
  position: [...row.slice(1, sort.length + 1).map(placeOf), row[0]!],
  version: toVersion(row, sort.length + 1, names),
});

const toVersion = (row: Row, start: number, names: Names): Version => {
  const [name, version, at, deleted, method, custodian, text] = row.slice(start) as [
    string,
    string,
    number,
    number,
    Version['method'],
    Value,
    string,
  ];
  const slash = name.indexOf('/');
  return {
    type: name.slice(0, slash),
    id: name.slice(slash + 1),
    version,
    at,
    deleted: deleted === 1,
    method,
    ...(custodian === null ? {} : { custodian: names.text(Number(custodian)) }),
    text,
  };
};
