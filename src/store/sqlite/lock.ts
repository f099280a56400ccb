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
    throw new InUse(dataDir, { cause });
  }
  return { release: () => database.close() };
};
