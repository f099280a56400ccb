// lock: one process at a time may write in a data folder.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

export interface Lock {
  release(): void;
}

/**
 * Held by the operating system for as long as the process lives, so a crash leaves no lock behind. It is a SQLite lock on
 * a file of its own, because Node has no file locks.
 */
export const lock = (dataDir: string): Lock => {
  const database = new DatabaseSync(join(dataDir, 'meridian.lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new Error(
      `The data folder '${dataDir}' is in use by another Meridian server. Stop it first, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return { release: () => database.close() };
};
