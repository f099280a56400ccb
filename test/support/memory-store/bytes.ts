// Bytes in memory.

import { createHash } from 'node:crypto';
import type { ByteStore, Staged } from '#src/store/port.ts';

interface Kept {
  readonly staged: Staged;
  readonly bytes: Buffer;
  readonly at: number;
  readonly isAdopted: boolean;
}

export interface MemoryBytes extends ByteStore {
  readonly adopt: (id: string) => void;
}

export const createMemoryBytes = (now: () => number): MemoryBytes => {
  const kept = new Map<string, Kept>();
  let count = 0;
  const find = (id: string): Kept => {
    const found = kept.get(id);
    if (found === undefined) throw new Error(`There are no bytes '${id}'.`);
    return found;
  };
  return {
    stage: async (stream) => {
      const bytes = Buffer.concat(await Array.fromAsync(stream));
      const id = (count += 1).toString(16).padStart(32, '0');
      const digest = (name: string) => createHash(name).update(bytes).digest('hex');
      const staged = { id, size: bytes.length, sha1: digest('sha1'), sha256: digest('sha256') };
      kept.set(id, { staged, bytes, at: now(), isAdopted: false });
      return staged;
    },
    describe: (id) => Promise.resolve(kept.get(id)?.staged),
    open: async function* (id, range) {
      const { bytes } = find(id);
      yield range === undefined ? bytes : bytes.subarray(range.first, range.last + 1);
    },
    discard: (ids) => {
      for (const id of ids) if (kept.get(id)?.isAdopted === false) kept.delete(id);
      return Promise.resolve();
    },
    sweep: (before) => {
      const swept = [...kept].filter(
        ([, { at, isAdopted }]) => !isAdopted && at < before.getTime(),
      );
      for (const [id] of swept) kept.delete(id);
      return Promise.resolve(swept.length);
    },
    adopt: (id) => {
      kept.set(id, { ...find(id), isAdopted: true });
    },
  };
};
