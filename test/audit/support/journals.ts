// Journals: a journal in a temporary folder, without a server around it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSign, newSigningKey, type SigningKey } from '#src/audit/chain.ts';
import type { Disk } from '#src/audit/disk.ts';
import { createJournal, type Journal } from '#src/audit/journal.ts';
import type { FileLine, SignLine } from '#src/audit/lines.ts';
import type { RecordedHead } from '#src/audit/recorded.ts';
import type { AccessRow } from '#src/audit/row.ts';

export const rowOf = (name: string): AccessRow => ({
  ...{ i: 'read', m: 'GET', p: name, s: 200, r: `request-of-${name}`, e: [`${name}/1`] },
});

export interface Desk {
  readonly folder: string;
  readonly key: SigningKey;
  readonly heads: RecordedHead[];
  readonly failures: unknown[];
  /** The journal of a run of the server. */
  open(options?: DeskOptions): Journal;
  remove(): Promise<void>;
}

export interface DeskOptions {
  readonly chain?: string;
  readonly previous?: FileLine['previous'];
  readonly fileBytes?: number;
  readonly sync?: 'batched' | 'strict';
  readonly disk?: Disk;
  readonly now?: () => number;
}

export const createDesk = async (): Promise<Desk> => {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-audit-'));
  const key = newSigningKey();
  const heads: RecordedHead[] = [];
  const failures: unknown[] = [];
  return {
    ...{ folder, key, heads, failures },
    open: ({ chain = '000001-00c0ffee', ...options } = {}) =>
      createJournal({
        ...{ folder, chain, key: key.public, now: Date.now, sync: 'batched', fileBytes: 1 << 20 },
        sign: createSign(key),
        failed: (error) => {
          failures.push(error);
        },
        signed: ({ n, h }: SignLine) => {
          heads.push({ folder: chain.slice(7), chain, n, h });
        },
        ...options,
      }),
    remove: () => rm(folder, { recursive: true }),
  };
};

/** Each in a batch of its own. */
export const appendAll = async (journal: Journal, names: readonly string[]): Promise<void> => {
  for (const name of names) await journal.append(rowOf(name));
};
