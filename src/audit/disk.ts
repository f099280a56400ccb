// Disk: the few calls of the operating system the journal needs, so that a test can put a full disk in their place.

import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writevSync,
} from 'node:fs';
import { promisify } from 'node:util';

export interface Disk {
  makeFolder(path: string): void;
  /** A new file, to be read by its owner only. Throws when it is there. */
  create(path: string): number;
  /** In one call; how many bytes were taken. */
  write(file: number, parts: readonly Uint8Array[], at: number): number;
  truncate(file: number, size: number): void;
  /** Resolves when what was written is on the disk itself. */
  sync(file: number): Promise<void>;
  syncNow(file: number): void;
  /** Makes a new name in the folder last. */
  syncFolder(path: string): void;
  close(file: number): void;
}

export const realDisk: Disk = {
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  },
  create: (path) => openSync(path, 'wx', 0o600),
  // A plain write to the kernel's cache takes less than handing it to another thread.
  write: (file, parts, at) => writevSync(file, parts, at),
  truncate: ftruncateSync,
  sync: promisify(fdatasync),
  syncNow: fsyncSync,
  syncFolder: (path) => {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
  close: closeSync,
};
