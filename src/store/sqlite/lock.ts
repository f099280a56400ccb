// lock: one process at a time may write in a data folder.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { InUse } from '../port.ts';

export interface Lock {
  release(): void;
}

/**
 * Held by the operating system for as long as the process lives, so a crash leaves no lock behind. It is a SQLite lock on
 * a file of its own, because Node has no file locks. Throws `InUse`.
 */
export const lock = (dataDir: string): Lock => {
  const database = new DatabaseSync(join(dataDir, 'meridian.lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    // Anything else (a full disk, a folder that may not be written) says itself what it is.
    throw isBusy(cause) ? new InUse(dataDir, { cause }) : cause;
  }
  return { release: () => database.close() };
};

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html#busy */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
