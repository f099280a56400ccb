// open: the store the configuration names.

import type { MovableStore } from './port.ts';
import { openSqlite, type SqliteOptions } from './sqlite/open.ts';

export interface StoreOptions extends SqliteOptions {
  /** With it everything is kept in MongoDB, and nothing in `dataDir`. */
  readonly mongo?: { readonly url: string; readonly waitSeconds: number } | undefined;
  /** Told what was found, where `log` is told what is wrong. */
  readonly inform?: (message: string) => void;
}

/** Opens the embedded store in `dataDir`, making it when there is none, or the database in MongoDB. */
export const openStore = async ({ mongo, ...options }: StoreOptions): Promise<MovableStore> => {
  if (mongo === undefined) return openSqlite(options);
  // Its driver takes a while to load, and most servers do without it.
  const { openMongo } = await import('./mongo/open.ts');
  return openMongo({ ...options, ...mongo });
};
