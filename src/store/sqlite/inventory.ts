// inventory: everything in the embedded store, part by part, for a move to another engine.

import type { Inventory, Key, KeptRecord, Part } from '../port.ts';
import type { RestorableBytes } from './bytes.ts';
import type { Connection } from './connection.ts';

export const createInventory = (connection: Connection, bytes: RestorableBytes): Inventory => ({
  names: async (after, size) => {
    const rows = connection.all(
      'SELECT key, name FROM resource WHERE key > ? ORDER BY key LIMIT ?',
      [Number(after ?? 0), size],
    );
    const items = rows.map(([, name]): Key => keyOf(String(name)));
    return part(items, size, () => String(rows.at(-1)![0]));
  },
  records: async (after, size) => {
    const [kind, id] = after === undefined ? ['', ''] : (JSON.parse(after) as [string, string]);
    const rows = connection.all(
      'SELECT kind, id, value, expires FROM record WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?',
      [kind, id, size],
    );
    const items = rows.map(([ofKind, ofId, value, expires]): KeptRecord => ({
      kind: String(ofKind),
      id: String(ofId),
      value: JSON.parse(String(value)) as object,
      ...(expires === null ? {} : { expires: new Date(Number(expires)) }),
    }));
    return part(items, size, () => JSON.stringify(rows.at(-1)!.slice(0, 2)));
  },
  restore: (id, content) => bytes.restore(id, content),
});

const keyOf = (name: string): Key => {
  const slash = name.indexOf('/');
  return { type: name.slice(0, slash), id: name.slice(slash + 1) };
};

const part = <T>(items: readonly T[], size: number, next: () => string): Part<T> =>
  items.length < size ? { items } : { items, next: next() };
