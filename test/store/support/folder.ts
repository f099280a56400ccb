// Stores in temporary folders.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreOptions } from '#src/store/open.ts';
import type { Store } from '#src/store/port.ts';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'meridian-store-'));

/** A folder for the length of the work, gone afterwards. */
export const inFolder = async (work: (dataDir: string) => Promise<void>): Promise<void> => {
  const dataDir = await temporaryFolder();
  try {
    await work(dataDir);
  } finally {
    await rm(dataDir, { recursive: true });
  }
};

export const openIn = (dataDir: string, options: Partial<StoreOptions> = {}): Promise<Store> =>
  openStore({ dataDir, searchSeconds: 20, fingerprint: 'test', ...options });

/** A store in a folder of its own, closed and gone afterwards. */
export const withStore = (work: (store: Store, dataDir: string) => Promise<void>): Promise<void> =>
  inFolder(async (dataDir) => {
    const store = await openIn(dataDir);
    try {
      await work(store, dataDir);
    } finally {
      await store.close();
    }
  });
