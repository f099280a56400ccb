// Journal file: the file a chain is written to at the moment, and its change to a new one when it is large or the day ends.

import { join } from 'node:path';
import { linkHash, noHash } from './chain.ts';
import type { Disk } from './disk.ts';
import { fileNameOf } from './files.ts';
import { linkText, type FileLine } from './lines.ts';

export interface ChainStart {
  readonly folder: string;
  readonly chain: string;
  readonly previous?: FileLine['previous'];
  /** The public key of the signatures. */
  readonly key: string;
  readonly now: () => number;
  /** A file larger than this is the last of its size. */
  readonly fileBytes: number;
}

/** The end of what is written. */
export interface Head {
  readonly n: number;
  readonly h: string;
}

export interface ChainFile {
  /** Writes the lines up to row `n` as one batch, at once or not at all. Throws when the system does not take them. */
  write(lines: string, n: number): void;
  head(): Head;
  sync(): Promise<void>;
  /** What was written stays. */
  close(): void;
}

interface OpenFile {
  readonly descriptor: number;
  readonly day: number;
  size: number;
}

/** The first file is made with the first batch: a server that nobody asks leaves nothing behind. */
export const createChainFile = (start: ChainStart, disk: Disk): ChainFile => {
  let head: Head = { n: 0, h: noHash };
  let count = 0;
  let current: OpenFile | undefined;

  const openNext = (): OpenFile => {
    disk.makeFolder(start.folder);
    const descriptor = disk.create(join(start.folder, fileNameOf(start.chain, count + 1)));
    disk.syncFolder(start.folder);
    count += 1;
    return { descriptor, day: dayOf(start.now()), size: 0 };
  };
  const close = (): void => {
    if (!current) return;
    disk.syncNow(current.descriptor);
    disk.close(current.descriptor);
    current = undefined;
  };
  const fileLine = (): string => {
    const { chain, previous, key, now } = start;
    const line: FileLine = {
      ...{ j: 'file', format: 1, chain, file: count, t: now(), ...head },
      ...(previous && count === 1 ? { previous } : {}),
      key,
    };
    return `${JSON.stringify(line)}\n`;
  };

  return {
    write: (lines, n) => {
      if (current && isFull(current, start)) close();
      current ??= openNext();
      const body = Buffer.from(current.size === 0 ? fileLine() + lines : lines);
      const h = linkHash(head.h, body);
      const parts = [body, Buffer.from(linkText(n, h))];
      writeAll(disk, current, parts);
      head = { n, h };
    },
    head: () => head,
    sync: async () => {
      const file = current;
      if (!file) return;
      await disk.sync(file.descriptor).catch((error: unknown) => {
        // What was closed meanwhile was synced when it was closed.
        if (file === current) throw error;
      });
    },
    close,
  };
};

const isFull = ({ size, day }: OpenFile, { fileBytes, now }: ChainStart): boolean =>
  size > fileBytes || day !== dayOf(now());

const dayOf = (time: number): number => Math.floor(time / 86_400_000);

/** Half a batch is taken back, so that the next try begins where this one did. */
const writeAll = (disk: Disk, file: OpenFile, parts: readonly Uint8Array[]): void => {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  try {
    const taken = disk.write(file.descriptor, parts, file.size);
    if (taken < size)
      throw new Error(`The disk took ${String(taken)} of ${String(size)} bytes; it may be full.`);
  } catch (error) {
    disk.truncate(file.descriptor, file.size);
    throw error;
  }
  file.size += size;
};
