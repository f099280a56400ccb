// The resources of a transaction as a search sees them, before they are written.

import type { Stored, World } from '../../search/match.ts';
import type { Context } from '../types.ts';
import type { Drafted } from './writes.ts';

export interface DraftedWorld extends World {
  ofType(type: string): readonly Stored[];
}

/** Index values are taken type by type, when somebody asks. */
export const worldOf = (
  drafts: readonly Drafted[],
  { registry }: Pick<Context, 'registry'>,
): DraftedWorld => {
  const types = Map.groupBy(drafts, ({ write }) => write.type);
  const known = new Map<string, ReadonlyMap<string, Stored>>();
  const ofType = (type: string): ReadonlyMap<string, Stored> => {
    const found = known.get(type);
    if (found) return found;
    const stored = (types.get(type) ?? []).map(({ write: { id }, document }): [string, Stored] => [
      `${type}/${id}`,
      { type, id, at: 0, entries: registry.extract({ ...document.plain, id }) },
    ]);
    const made = new Map(stored);
    known.set(type, made);
    return made;
  };
  return {
    ofType: (type) => [...ofType(type).values()],
    get: (key) => ofType(key.slice(0, key.indexOf('/'))).get(key),
    all: () => [...types.keys()].flatMap((type) => [...ofType(type).values()]),
  };
};
