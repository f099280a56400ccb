// write-records: changes of records, applied inside the writer's transaction.

import { isDeepStrictEqual } from 'node:util';
import type { Connection } from './connection.ts';
import { longestField, recordsWhere } from './find-records.ts';
import type { RecordJob } from './jobs.ts';

export type WriteRecord = (job: RecordJob) => unknown;

export const createWriteRecord = (connection: Connection): WriteRecord => {
  const find = (kind: string, id: string, now: number): string | undefined => {
    const row = connection.row(
      'SELECT value FROM record WHERE kind = ? AND id = ? AND (expires IS NULL OR expires > ?)',
      [kind, id, now],
    );
    return row === undefined ? undefined : String(row[0]);
  };

  const remove = (kind: string, id: string): void => {
    const row = connection.row('SELECT value FROM record WHERE kind = ? AND id = ?', [kind, id]);
    if (row === undefined) return;
    connection.run('DELETE FROM record WHERE kind = ? AND id = ?', [kind, id]);
    for (const [field, value] of fieldsOf(String(row[0])))
      connection.run(
        'DELETE FROM record_field WHERE kind = ? AND field = ? AND value = ? AND id = ?',
        [kind, field, value, id],
      );
  };

  const insert = (kind: string, id: string, value: string, expires: number | null): void => {
    remove(kind, id);
    connection.run('INSERT INTO record (kind, id, value, expires) VALUES (?, ?, ?, ?)', [
      kind,
      id,
      value,
      expires,
    ]);
    for (const [field, text] of fieldsOf(value))
      connection.run('INSERT INTO record_field (kind, field, value, id) VALUES (?, ?, ?, ?)', [
        kind,
        field,
        text,
        id,
      ]);
  };

  const replace = (job: Extract<RecordJob, { op: 'replace-record' }>): boolean => {
    const found = find(job.kind, job.id, job.now);
    if (found === undefined || !isDeepStrictEqual(JSON.parse(found), JSON.parse(job.expected)))
      return false;
    const expires = connection.row('SELECT expires FROM record WHERE kind = ? AND id = ?', [
      job.kind,
      job.id,
    ]);
    insert(job.kind, job.id, job.value, expires?.[0] as number | null);
    return true;
  };

  return (job) => {
    switch (job.op) {
      case 'put-record':
        insert(job.kind, job.id, job.value, job.expires);
        return undefined;
      case 'add-record': {
        const isFree = find(job.kind, job.id, job.now) === undefined;
        if (isFree) insert(job.kind, job.id, job.value, job.expires);
        return isFree;
      }
      case 'replace-record':
        return replace(job);
      case 'take-record': {
        const found = find(job.kind, job.id, job.now);
        if (found !== undefined) remove(job.kind, job.id);
        return found;
      }
      case 'drop-records': {
        const found = recordsWhere(connection, job.kind, job.where, job.now);
        for (const { id } of found) remove(job.kind, id);
        return found.length;
      }
    }
  };
};

/** Removes some of the records that have expired: they are absent already, this gives back their room. */
export const purgeExpired = (connection: Connection, now: number): 'all' | 'some' => {
  const expired = connection.all(
    'SELECT kind, id FROM record WHERE expires <= ? ORDER BY expires LIMIT ?',
    [now, purgedAtOnce],
  );
  for (const [kind, id] of expired) {
    connection.run(
      'DELETE FROM record_field WHERE kind = ? AND id = ? AND (field, value) IN (SELECT e.key, e.value FROM record r, json_each(r.value) e WHERE r.kind = ? AND r.id = ?)',
      [kind!, id!, kind!, id!],
    );
    connection.run('DELETE FROM record WHERE kind = ? AND id = ?', [kind!, id!]);
  }
  return expired.length < purgedAtOnce ? 'all' : 'some';
};

/** So few that the write which removes them hardly waits. */
const purgedAtOnce = 500;

const fieldsOf = (value: string): readonly (readonly [string, string])[] =>
  Object.entries(JSON.parse(value) as object).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= longestField,
  );
