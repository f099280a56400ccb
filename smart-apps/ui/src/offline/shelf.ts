// Shelf: where this browser stores the kept record: IndexedDB, which can hold keys that cannot be read out of it.
// https://www.w3.org/TR/IndexedDB/

import { clear, createStore, del, get, set, update, type UseStore } from 'idb-keyval';
import { onSignOut } from '../session/sign-out.ts';
import type { Kept, Shelf } from './keep.ts';

export const shelfOf = (app: string): Shelf => ({
  get: () => get<Kept>(app, place()),
  put: (kept) => set(app, kept, place()),
  change: (next) => update<Kept | undefined>(app, next, place()),
  remove: () => del(app, place()),
});

/** Opened when it is first needed: a browser may refuse it, in a private window. */
let opened: UseStore | undefined;
const place = (): UseStore => (opened ??= createStore('meridian-offline', 'kept'));

onSignOut(() => clear(place()));
