// fingerprint: whether the index values in the store were extracted by the definitions the server has now.

import type { Connection } from './connection.ts';

/** The record that says a reindex is wanted; `npm run reindex` takes it away when it is done. */
export const reindexWanted = { kind: 'reindex', id: 'wanted' } as const;

/** An old store goes on with its old index values until it is reindexed; only searches by what is new miss something. */
export const checkFingerprint = (
  connection: Connection,
  fingerprint: string,
  log: (message: string) => void,
): void => {
  const stored = connection.row("SELECT value FROM setting WHERE name = 'fingerprint'", [])?.[0];
  const save = 'INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)';
  if (stored === undefined) connection.run(save, ['fingerprint', fingerprint]);
  else if (stored !== fingerprint) {
    connection.database.exec('BEGIN IMMEDIATE');
    connection.run(
      'INSERT OR REPLACE INTO record (kind, id, value, expires) VALUES (?, ?, ?, NULL)',
      [reindexWanted.kind, reindexWanted.id, JSON.stringify({ from: stored, to: fingerprint })],
    );
    connection.run(save, ['fingerprint', fingerprint]);
    connection.database.exec('COMMIT');
  }
  const { kind, id } = reindexWanted;
  if (connection.row('SELECT 1 FROM record WHERE kind = ? AND id = ?', [kind, id]) !== undefined)
    log(
      'What is indexed has changed since resources were stored: stop the server and run `npm run reindex`.',
    );
};
