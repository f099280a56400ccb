// write: the changes of one commit, applied inside the writer's transaction.

import type { Change, Expect, Key, Version } from '../port.ts';
import { TooSlow } from '../port.ts';
import type { Plan } from '../../search/plan.ts';
import type { Planner } from './compile/access.ts';
import { createEstimator } from './compile/estimate.ts';
import { createScope } from './compile/scope.ts';
import { isEmpty } from './compile/is-empty.ts';
import { compileKeys } from './compile/search.ts';
import { rowsOf, type Connection, type Row } from './connection.ts';
import { createEntryTables } from './entries.ts';
import { guarded, installGuard } from './guard.ts';
import type { PackedChange } from './jobs.ts';
import type { NamesToWrite } from './names.ts';

type Put = Extract<PackedChange, { kind: 'put' }>;

/** An expectation that does not hold: the places of the change and of the expectation. */
export class Unmet extends Error {
  readonly place: readonly [change: number, expect: number];

  constructor(change: number, expect: number) {
    super('an expectation does not hold');
    this.place = [change, expect];
  }
}

interface Current {
  readonly key: number;
  readonly version: string;
  readonly deleted: boolean;
}

/** Applies the changes in order; throws `Unmet`, and then the caller takes back what was done. */
export type Write = (changes: readonly PackedChange[]) => void;

export const createWrite = (
  connection: Connection,
  names: NamesToWrite,
  searchSeconds: number,
): Write => {
  installGuard(connection);
  const estimator = createEstimator(connection);
  const tables = createEntryTables(connection, names);
  const statements = prepareStatements(connection);
  let lastKey = highest(connection, 'SELECT max(key) FROM resource');
  let lastSeq = highest(connection, 'SELECT max(seq) FROM version');

  const find = ({ type, id }: Key): Current | undefined => {
    const row = statements.find.get(`${type}/${id}`) as unknown as Row | undefined;
    if (row === undefined) return undefined;
    return { key: Number(row[0]), version: String(row[1]), deleted: Number(row[2]) < 0 };
  };

  const matches = (plan: Plan, wanted: number): readonly number[] => {
    const planner: Planner = { scope: createScope(names, 'live'), estimator };
    if (isEmpty(plan, planner.scope)) return [];
    const until = performance.now() + searchSeconds * 1000;
    const rows = guarded(connection, { until }, () =>
      rowsOf(connection, compileKeys(plan, wanted, planner)),
    );
    if (rows === undefined) throw new TooSlow('An expectation took too long to look up.');
    return rows.map((row) => Number(row[0]));
  };

  const isMet = (expect: Expect): boolean => {
    switch (expect.op) {
      case 'version':
        return find(expect.key)?.version === expect.version;
      case 'none':
        return matches(expect.plan, 1).length === 0;
      case 'only': {
        const keys = matches(expect.plan, 2);
        return keys.length === 1 && keys[0] === find(expect.key)?.key;
      }
    }
  };

  const insert = (put: Put): void => {
    const { version, entries } = put;
    const key = (lastKey += 1);
    const row = rowOf(version, key);
    statements.insert.run(
      key,
      `${version.type}/${version.id}`,
      row.signedType,
      row.seq,
      version.version,
      version.at,
      row.custodian,
    );
    tables.insert(key, entries);
    if (version.deleted) tables.hide(key);
  };

  const update = (put: Put, { key, deleted }: Current): void => {
    const { version, entries } = put;
    const row = rowOf(version, key);
    statements.update.run(row.signedType, row.seq, version.version, version.at, row.custodian, key);
    if (version.deleted) return deleted ? undefined : tables.hide(key);
    if (!deleted) return tables.replace(key, entries);
    tables.clear(key);
    tables.insert(key, entries);
  };

  /** Keeps the version and says what the resource's row has to know of it. */
  const rowOf = (version: Version, key: number) => {
    const seq = (lastSeq += 1);
    const type = names.internType(version.type);
    const custodian = version.custodian === undefined ? null : names.intern(version.custodian);
    statements.keep.run(
      seq,
      key,
      type,
      version.version,
      version.at,
      version.method,
      version.deleted ? 1 : 0,
      custodian,
      version.text,
    );
    return { seq, custodian, signedType: version.deleted ? -type : type };
  };

  const adopt = (id: string): void => {
    if (statements.adopt.run(id).changes === 0)
      throw new Error(`There are no staged bytes '${id}' to adopt.`);
  };

  const apply = (change: PackedChange): void => {
    if (change.kind === 'check') return;
    const current = find(change.kind === 'put' ? change.version : change.key);
    if (change.kind === 'put') {
      change.adopts?.forEach(adopt);
      return current === undefined ? insert(change) : update(change, current);
    }
    const isCurrent = current?.version === change.key.version && !current.deleted;
    if (isCurrent) tables.replace(current.key, change.entries);
  };

  return (changes) => {
    changes.forEach((change, place) => {
      const unmet = expectsOf(change).findIndex((expect) => !isMet(expect));
      if (unmet >= 0) throw new Unmet(place, unmet);
      apply(change);
    });
  };
};

export const expectsOf = (change: PackedChange | Change): readonly Expect[] =>
  change.kind === 'reindex' ? [] : change.expect;

const prepareStatements = (connection: Connection) => ({
  find: connection.statement('SELECT key, version, type FROM resource WHERE name = ?'),
  insert: connection.statement(
    'INSERT INTO resource (key, name, type, seq, version, updated, custodian) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ),
  update: connection.statement(
    'UPDATE resource SET type = ?, seq = ?, version = ?, updated = ?, custodian = ? WHERE key = ?',
  ),
  keep: connection.statement(
    'INSERT INTO version (seq, key, type, version, at, method, deleted, custodian, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  adopt: connection.statement('UPDATE bytes SET adopted = 1 WHERE id = ?'),
});

const highest = (connection: Connection, query: string): number =>
  Number(connection.row(query, [])![0] ?? 0);
