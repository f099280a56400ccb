// Records in memory.

import { isDeepStrictEqual } from 'node:util';
import type { RecordStore } from '#src/store/port.ts';

interface Kept {
  readonly kind: string;
  readonly id: string;
  readonly text: string;
  readonly expires: number;
}

export const createMemoryRecords = (now: () => number): RecordStore => {
  const records = new Map<string, Kept>();
  const keyOf = (kind: string, id: string): string => JSON.stringify([kind, id]);
  const find = (kind: string, id: string): Kept | undefined => {
    const found = records.get(keyOf(kind, id));
    return found !== undefined && found.expires > now() ? found : undefined;
  };
  const put = (kind: string, id: string, value: object, expires: number): void => {
    records.set(keyOf(kind, id), { kind, id, text: JSON.stringify(value), expires });
  };
  const read = (found: Kept | undefined): unknown =>
    found === undefined ? undefined : (JSON.parse(found.text) as unknown);
  const where = (kind: string, fields: Readonly<Record<string, string>>): readonly Kept[] =>
    [...records.values()]
      .filter((record) => record.kind === kind && record.expires > now())
      .filter((record) => {
        const value = read(record) as Readonly<Record<string, unknown>>;
        return Object.entries(fields).every(([field, text]) => value[field] === text);
      })
      .toSorted((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));

  return {
    get: (kind, id) => Promise.resolve(read(find(kind, id))),
    find: (kind, fields) => Promise.resolve(where(kind, fields).map(read)),
    put: (kind, id, value, expires) => {
      put(kind, id, value, expires?.getTime() ?? Infinity);
      return Promise.resolve();
    },
    add: (kind, id, value, expires) => {
      const isFree = find(kind, id) === undefined;
      if (isFree) put(kind, id, value, expires?.getTime() ?? Infinity);
      return Promise.resolve(isFree);
    },
    replace: (kind, id, value, expected) => {
      const found = find(kind, id);
      const isSame = found !== undefined && isDeepStrictEqual(read(found), expected);
      if (isSame) put(kind, id, value, found.expires);
      return Promise.resolve(isSame);
    },
    take: (kind, id) => {
      const found = find(kind, id);
      records.delete(keyOf(kind, id));
      return Promise.resolve(read(found));
    },
    drop: (kind, fields) => {
      const found = where(kind, fields);
      for (const { id } of found) records.delete(keyOf(kind, id));
      return Promise.resolve(found.length);
    },
  };
};
