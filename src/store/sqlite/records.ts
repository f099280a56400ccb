// records: users, sessions, codes, tokens, jobs. Read on the main thread, changed by the writer.

import type { RecordStore } from '../port.ts';
import type { Connection } from './connection.ts';
import { recordsWhere } from './find-records.ts';
import type { Writer } from './writer.ts';

export const createRecords = (
  connection: Connection,
  writer: Writer,
  now: () => number,
): RecordStore => ({
  get: (kind, id) => {
    const row = connection.row(
      'SELECT value FROM record WHERE kind = ? AND id = ? AND (expires IS NULL OR expires > ?)',
      [kind, id, now()],
    );
    return Promise.resolve(row === undefined ? undefined : read(row[0]));
  },
  find: (kind, where) =>
    Promise.resolve(
      recordsWhere(connection, kind, where, now()).map(({ value }) => JSON.parse(value) as unknown),
    ),
  put: async (kind, id, value, expires) => {
    await writer.run({ op: 'put-record', kind, id, ...written(value, expires), now: now() });
  },
  add: async (kind, id, value, expires) =>
    (await writer.run({
      op: 'add-record',
      kind,
      id,
      ...written(value, expires),
      now: now(),
    })) as boolean,
  replace: async (kind, id, value, expected) =>
    (await writer.run({
      op: 'replace-record',
      kind,
      id,
      value: JSON.stringify(value),
      expected: JSON.stringify(expected),
      now: now(),
    })) as boolean,
  take: async (kind, id) => read(await writer.run({ op: 'take-record', kind, id, now: now() })),
  drop: async (kind, where) =>
    (await writer.run({ op: 'drop-records', kind, where, now: now() })) as number,
});

const written = (value: object, expires: Date | undefined) => ({
  value: JSON.stringify(value),
  expires: expires?.getTime() ?? null,
});

const read = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : undefined;
