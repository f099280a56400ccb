// find: the stored Patients that may be the person in hand, best first. Candidates come from an index, never from a scan.

import type { Resource } from '../../fhir/resource.ts';
import { and, type Plan } from '../../search/plan.ts';
import type { ResourceStore, Version } from '../../store/port.ts';
import { isMerged } from '../../fhir/merged.ts';
import { judge, type Judgement } from './grade.ts';
import { keyParam, keysOf } from './keys.ts';
import { readPerson, type Person } from './person.ts';

export interface Match extends Judgement {
  readonly version: Version;
}

export interface Found {
  /** Possible or better, best first. */
  readonly matches: readonly Match[];
  /** Ids of all that share a key; undefined when they are too many to be looked at. */
  readonly seen: readonly string[] | undefined;
}

/** Among what the plan (the caller's rights) leaves. */
export const findMatches = async (
  person: Person,
  within: Plan,
  resources: Pick<ResourceStore, 'search'>,
): Promise<Found> => {
  const { candidates, isComplete } = await findCandidates(keysOf(person), within, resources);
  const matches = candidates
    .flatMap((version): readonly Match[] => {
      const resource = JSON.parse(version.text) as Resource;
      if (isMerged(resource)) return [];
      return [{ version, ...judge(person, readPerson(resource)) }];
    })
    .filter(({ grade }) => grade !== 'certainly-not')
    .sort((one, other) => other.score - one.score);
  return { matches, seen: isComplete ? candidates.map(({ id }) => id) : undefined };
};

/** Which Patients share a key. */
export const sharing = (keys: readonly string[]): Plan =>
  and(
    { op: 'type', types: ['Patient'] },
    { op: 'token', params: [keyParam], any: keys.map((code) => ({ code })) },
  );

/** All at once, and where there are too many of them some for each key, so that a common key hides none of a rare one. */
const findCandidates = async (
  keys: readonly string[],
  within: Plan,
  resources: Pick<ResourceStore, 'search'>,
): Promise<{ readonly candidates: readonly Version[]; readonly isComplete: boolean }> => {
  if (keys.length === 0) return { candidates: [], isComplete: true };
  const search = async (some: readonly string[], size: number) =>
    (await resources.search(and(sharing(some), within), { sort: [], size })).items;
  const all = await search(keys, most);
  if (all.length < most) return { candidates: all, isComplete: true };
  const each = await Promise.all(keys.map((key) => search([key], mostOfKey)));
  const candidates = new Map(each.flat().map((version) => [version.id, version]));
  return { candidates: [...candidates.values()], isComplete: false };
};

const most = 200;
const mostOfKey = 40;
