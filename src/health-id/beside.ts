// beside: the Patients that the same transaction writes, for none of which the store can be asked yet.

import type { World } from '../search/match.ts';
import { judge } from './match/grade.ts';
import { keyParam } from './match/keys.ts';
import type { Person } from './match/person.ts';
import type { Candidate } from './worklist.ts';

export interface Neighbours {
  /** Those noted before who may be this person. */
  matches(person: Person, keys: readonly string[]): readonly Candidate[];
  /** Ids of all that share a key, noted or not. */
  sharing(keys: readonly string[]): readonly string[];
  note(id: string, person: Person): void;
}

/** The same for each Patient of one transaction, which are written one after another. */
export const besideOf = (world: World | undefined): Neighbours => {
  if (!world) return none;
  const made = worlds.get(world) ?? neighboursIn(world);
  worlds.set(world, made);
  return made;
};

const worlds = new WeakMap<World, Neighbours>();

const none: Neighbours = { matches: () => [], sharing: () => [], note: () => undefined };

const neighboursIn = (world: World): Neighbours => {
  const byKey = indexKeys(world);
  const persons = new Map<string, Person>();
  const sharing: Neighbours['sharing'] = (keys) => [
    ...new Set(keys.flatMap((key) => byKey.get(key) ?? [])),
  ];
  return {
    sharing,
    matches: (person, keys) =>
      sharing(keys).flatMap((id): readonly Candidate[] => {
        const other = persons.get(id);
        const judged = other && judge(person, other);
        return judged && judged.grade !== 'certainly-not' ? [{ id, ...judged }] : [];
      }),
    note: (id, person) => {
      persons.set(id, person);
    },
  };
};

const indexKeys = (world: World): ReadonlyMap<string, readonly string[]> => {
  const byKey = new Map<string, string[]>();
  for (const { id, entries } of world.all())
    for (const entry of entries) {
      if (entry.kind !== 'token' || entry.param !== keyParam) continue;
      const known = byKey.get(entry.code);
      if (known) known.push(id);
      else byKey.set(entry.code, [id]);
    }
  return byKey;
};
