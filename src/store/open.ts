// open: the store the configuration names.

import type { Store } from './port.ts';
import { openSqlite, type SqliteOptions } from './sqlite/open.ts';

export type StoreOptions = SqliteOptions;

/** Opens the embedded store in `dataDir`, making it when there is none. */
export const openStore = (options: StoreOptions): Promise<Store> => openSqlite(options);
