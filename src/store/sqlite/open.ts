// open: the embedded store, one file under the data folder.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MovableStore } from '../port.ts';
import { createBytes } from './bytes.ts';
import { openConnection, type Connection } from './connection.ts';
import { fileName } from './file-name.ts';
import { checkFingerprint } from './fingerprint.ts';
import { createInventory } from './inventory.ts';
import { lock } from './lock.ts';
import { createReader } from './reader.ts';
import { createReaders } from './readers.ts';
import { createRecords } from './records.ts';
import { createResources } from './resources.ts';
import { migrate } from './schema.ts';
import { shareTurns } from './turn.ts';
import { openWriter } from './writer.ts';

export interface SqliteOptions {
  readonly dataDir: string;
  readonly searchSeconds: number;
  /** Of the definitions that the index values are extracted by. */
  readonly fingerprint: string;
  readonly log?: (message: string) => void;
  /** The clock by which records expire and staged bytes age. */
  readonly now?: () => number;
}

/** Throws when another process has the folder, or when a newer server wrote it. */
export const openSqlite = async ({
  dataDir,
  searchSeconds,
  fingerprint,
  log = () => undefined,
  now = Date.now,
}: SqliteOptions): Promise<MovableStore> => {
  mkdirSync(dataDir, { recursive: true });
  const held = lock(dataDir);
  try {
    const path = join(dataDir, fileName);
    prepareFile(path, fingerprint, log);
    const { connection, end } = shareTurns(openConnection(path, 'read', 16));
    const writer = await openWriter({ path, searchSeconds }, end);
    const readers = createReaders({ path }, searchSeconds);
    const bytes = createBytes(dataDir, connection, writer, now);
    return {
      resources: createResources(createReader(connection), readers, writer),
      records: createRecords(connection, writer, now),
      bytes,
      inventory: createInventory(connection, bytes),
      ping: async () => {
        connection.row('SELECT 1', []);
        await writer.run({ op: 'ping' });
      },
      close: async () => {
        await readers.close();
        connection.close();
        // The last to close brings the log into the file.
        await writer.close();
        held.release();
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
};

const prepareFile = (path: string, fingerprint: string, log: (message: string) => void): void => {
  const connection: Connection = openConnection(path, 'write', 2);
  try {
    migrate(connection.database, log);
    checkFingerprint(connection, fingerprint, log);
  } finally {
    connection.close();
  }
};
