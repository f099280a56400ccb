// The engines that every contract test loops over.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#src/store/open.ts';
import type { Store } from '#src/store/port.ts';
import { openMongo } from '#src/store/mongo/open.ts';
import { kindOfMongo, useMongo } from '#test/support/mongo.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

export interface Opened {
  readonly store: Store;
  /** Closes the store and removes what it kept. */
  close(): Promise<void>;
}

export interface Engine {
  readonly name: 'memory' | 'sqlite' | 'mongo';
  /** What it runs on only behaves like what it is made for, and more slowly. */
  readonly isStandIn?: boolean;
  /** A new, empty store. */
  open(options?: { readonly now?: () => number }): Promise<Opened>;
}

const memory: Engine = {
  name: 'memory',
  open: (options = {}) => {
    const store = openMemoryStore(options);
    return Promise.resolve({ store, close: () => store.close() });
  },
};

export const sqlite: Engine = {
  name: 'sqlite',
  open: async (options = {}) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'meridian-contract-'));
    const store = await openStore({ dataDir, searchSeconds: 20, fingerprint: 'test', ...options });
    const close = async (): Promise<void> => {
      await store.close();
      await rm(dataDir, { recursive: true });
    };
    return { store, close };
  },
};

export const mongo: Engine = {
  name: 'mongo',
  isStandIn: kindOfMongo === 'stand-in',
  open: async (options = {}) => {
    const server = await useMongo();
    const url = server.freshUrl();
    const store = await openMongo({ url, searchSeconds: 20, fingerprint: 'test', ...options });
    // A clock of the test's own is not that of the server, which would remove what expires by it.
    if (options.now !== undefined) await server.keepExpired(url);
    const close = async (): Promise<void> => {
      await store.close();
      await server.drop(url);
      await server.release();
    };
    return { store, close };
  },
};

/** ENGINES=mongo runs the contract of that engine alone. */
const asked = process.env['ENGINES']?.split(',');
export const engines: readonly Engine[] = [memory, sqlite, mongo].filter(
  ({ name }) => name === 'memory' || (asked?.includes(name) ?? true),
);

/** A suite once on each engine, which its title names. */
export const describeOnEngines = (
  title: string,
  suite: (this: Mocha.Suite, engine: Engine) => void,
): void => {
  for (const engine of engines)
    describe(`${title}, on ${engine.name}`, function () {
      this.timeout(120_000);
      suite.call(this, engine);
    });
};
