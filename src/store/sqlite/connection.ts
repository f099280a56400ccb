// One connection to the file: its settings, and its prepared statements kept by their text.

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Sql, Value } from './compile/sql.ts';

export type Row = readonly Value[];

export interface Connection {
  readonly database: DatabaseSync;
  all(text: string, values: readonly Value[]): readonly Row[];
  row(text: string, values: readonly Value[]): Row | undefined;
  run(
    text: string,
    values: readonly Value[],
  ): { readonly changes: number; readonly lastId: number };
  /** A statement used so often that looking it up by its text would show. */
  statement(text: string): StatementSync;
  /** Several reads that see the same state. */
  snapshot<T>(read: () => T): T;
  close(): void;
}

export const rowsOf = (connection: Connection, query: Sql): readonly Row[] =>
  connection.all(query.text, query.values);

/** Statements kept; a plan's shape gives its text, and an application asks by some dozen shapes. */
const keptStatements = 500;
/** Characters. A longer one is a rare one, and would take much of the memory. */
const longestKept = 20_000;

/**
 * The pages of the file are read through a memory map: they are the kernel's cache, shared by all connections, and not
 * memory of this process. So the page cache of a connection stays small.
 */
const settings = (cacheMegabytes: number): string => `
  PRAGMA busy_timeout = 10000;
  PRAGMA mmap_size = 2147418112;
  PRAGMA cache_size = -${String(cacheMegabytes * 1024)};
  PRAGMA temp_store = MEMORY;
`;

// With the standard checkpoint every 1,000 pages a write in twenty waits for one: conformance/decisions/0006.
const writerSettings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 8000;
  PRAGMA journal_size_limit = 67108864;
`;

export const openConnection = (
  path: string,
  purpose: 'write' | 'read',
  cacheMegabytes: number,
): Connection => {
  const database = new DatabaseSync(path, { readOnly: purpose === 'read' });
  database.exec(settings(cacheMegabytes));
  if (purpose === 'write') database.exec(writerSettings);
  return over(database);
};

const over = (database: DatabaseSync): Connection => {
  const kept = new Map<string, StatementSync>();

  // A Map keeps the order of insertion: what is asked for moves to the end, so the first is the longest unused.
  const prepared = (text: string): StatementSync => {
    if (text.length > longestKept) return prepare(database, text);
    const known = kept.get(text);
    if (known !== undefined) {
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    if (kept.size >= keptStatements) kept.delete(kept.keys().next().value!);
    const statement = prepare(database, text);
    kept.set(text, statement);
    return statement;
  };

  const begin = prepare(database, 'BEGIN');
  const commit = prepare(database, 'COMMIT');

  return {
    database,
    all: (text, values) => prepared(text).all(...values) as unknown as readonly Row[],
    row: (text, values) => prepared(text).get(...values) as unknown as Row | undefined,
    run: (text, values) => {
      const { changes, lastInsertRowid } = prepared(text).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    statement: (text) => prepare(database, text),
    snapshot: (read) => {
      begin.run();
      try {
        return read();
      } finally {
        commit.run();
      }
    },
    close: () => {
      kept.clear();
      database.close();
    },
  };
};

const prepare = (database: DatabaseSync, text: string): StatementSync => {
  const statement = database.prepare(text);
  statement.setReturnArrays(true);
  return statement;
};
