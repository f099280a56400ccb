// Interned texts: params, token systems, units and custodians are kept once and referred to by number.

import type { Connection } from './connection.ts';

export interface Names {
  find(text: string): number | undefined;
  findType(text: string): number | undefined;
  /** The text of an interned name that is known to exist. */
  text(id: number): string;
  typeText(id: number): string;
  /** Whether some resource has, or once had, several dates of this param. Never becomes false again. */
  isRepeated(param: number): boolean;
}

/** Adds what is missing; only the writer does. */
export interface NamesToWrite extends Names {
  intern(text: string): number;
  internType(text: string): number;
  markRepeated(param: number): void;
  /** Forgets what was learned, after a transaction that may have added names was taken back. */
  forget(): void;
}

/** Enough for every param; systems and units may be of any number. */
const capacity = 50_000;

export const createNames = (connection: Connection): NamesToWrite => {
  const name = createTable(connection, 'name');
  const type = createTable(connection, 'type');
  const repeated = new Set<number>();
  const isRepeated = (param: number): boolean => {
    if (repeated.has(param)) return true;
    const row = connection.row('SELECT 1 FROM repeated WHERE param = ?', [param]);
    if (row !== undefined) repeated.add(param);
    return row !== undefined;
  };
  return {
    isRepeated,
    markRepeated: (param) => {
      if (isRepeated(param)) return;
      connection.run('INSERT INTO repeated (param) VALUES (?)', [param]);
    },
    find: name.find,
    findType: type.find,
    text: name.text,
    typeText: type.text,
    intern: name.intern,
    internType: type.intern,
    forget: () => {
      name.forget();
      type.forget();
      repeated.clear();
    },
  };
};

const createTable = (connection: Connection, table: 'name' | 'type') => {
  const ids = new Map<string, number>();
  const texts = new Map<number, string>();

  const remember = (id: number, text: string): void => {
    if (ids.size >= capacity) forget();
    ids.set(text, id);
    texts.set(id, text);
  };
  const forget = (): void => {
    ids.clear();
    texts.clear();
  };
  // Only what exists is remembered: a name that is unknown now may be written in a moment.
  const find = (text: string): number | undefined => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    const row = connection.row(`SELECT id FROM ${table} WHERE text = ?`, [text]);
    if (row === undefined) return undefined;
    remember(Number(row[0]), text);
    return Number(row[0]);
  };
  const text = (id: number): string => {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const row = connection.row(`SELECT text FROM ${table} WHERE id = ?`, [id]);
    if (row === undefined) throw new Error(`The store has no ${table} ${String(id)}.`);
    remember(id, String(row[0]));
    return String(row[0]);
  };
  const intern = (wanted: string): number => {
    const known = find(wanted);
    if (known !== undefined) return known;
    const id = connection.run(`INSERT INTO ${table} (text) VALUES (?)`, [wanted]).lastId;
    remember(id, wanted);
    return id;
  };
  return { find, text, intern, forget };
};
