// entries: the rows of the index tables, written as the difference to what is there.

import type { EntryKind } from '../../search/entry.ts';
import type { Value } from './compile/sql.ts';
import type { Connection, Row } from './connection.ts';
import { entryColumns, unpack, type PackedEntries } from './entry-rows.ts';
import type { NamesToWrite } from './names.ts';
import { entryTables } from './schema.ts';

export interface EntryTables {
  /** For a resource that has none yet. */
  insert(key: number, entries: PackedEntries): void;
  /** What is gone is deleted, what is new inserted, what stays untouched. */
  replace(key: number, entries: PackedEntries): void;
  /** Out of every search, yet kept for the rights on the history. */
  hide(key: number): void;
  /** New ones for a resource that is deleted, or was. */
  clear(key: number): void;
}

export const createEntryTables = (connection: Connection, names: NamesToWrite): EntryTables => {
  const tables = entryTables.map((kind) => createTable(connection, kind));
  const rowsOf = (kind: EntryKind, entries: PackedEntries) =>
    unpack(kind, entries, (text) => names.intern(text));
  return {
    insert: (key, entries) => {
      for (const table of tables)
        for (const row of rowsOf(table.kind, entries)) table.insert(key, row);
      markRepeated(entries, names);
    },
    replace: (key, entries) => {
      for (const table of tables) table.replace(key, rowsOf(table.kind, entries));
      markRepeated(entries, names);
    },
    hide: (key) => {
      for (const table of tables) table.hide(key);
    },
    clear: (key) => {
      for (const table of tables) table.clear(key);
    },
  };
};

/** Notes the params of which this one resource has several dates. A packed date is param, n, low, high. */
const markRepeated = ({ date }: PackedEntries, names: NamesToWrite): void => {
  const params = date.filter((_, place) => place % 4 === 0);
  for (const [place, param] of params.entries())
    if (params.indexOf(param) < place) names.markRepeated(names.intern(String(param)));
};

const createTable = (connection: Connection, kind: EntryKind) => {
  const columns = ['param', 'n', ...entryColumns[kind]];
  const marks = columns.map(() => '?').join(', ');
  const same = columns.map((column) => `${column} = ?`).join(' AND ');
  const list = columns.join(', ');
  const insertion = connection.statement(
    `INSERT OR IGNORE INTO ${kind} (key, ${list}) VALUES (?, ${marks})`,
  );
  const deletion = connection.statement(`DELETE FROM ${kind} WHERE key = ? AND ${same}`);
  const present = connection.statement(`SELECT ${list} FROM ${kind} WHERE key = ?`);
  const hiding = connection.statement(
    `UPDATE ${kind} SET param = -param WHERE key = ? AND param > 0`,
  );
  const clearing = connection.statement(`DELETE FROM ${kind} WHERE key = ?`);

  const insert = (key: number, row: readonly Value[]): void => {
    insertion.run(key, ...row);
  };
  const replace = (key: number, rows: readonly (readonly Value[])[]): void => {
    const found = present.all(key) as unknown as readonly Row[];
    const old = new Map(found.map((row) => [row.join('\0'), row]));
    const wanted = new Set(rows.map((row) => row.join('\0')));
    for (const [text, row] of old) if (!wanted.has(text)) deletion.run(key, ...row);
    for (const row of rows) if (!old.has(row.join('\0'))) insert(key, row);
  };
  return {
    kind,
    insert,
    replace,
    hide: (key: number): void => {
      hiding.run(key);
    },
    clear: (key: number): void => {
      clearing.run(key);
    },
  };
};
