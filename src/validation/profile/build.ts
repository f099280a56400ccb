// Profiles: the resource, and on request those inside it, checked against the profiles asked for or claimed.
// https://hl7.org/fhir/R4/resource-definitions.html#Meta.profile

import type { CanonicalResource, Definitions } from '../../fhir/definitions/types.ts';
import { element, type Element } from '../../fhir/path/element.ts';
import type { Issue } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { LocalTerminology } from '../../terminology/types.ts';
import { checkWaiting, describeMisfit, type Waiting } from '../bindings.ts';
import { pathOf, type Place } from '../place.ts';
import { checkNode, type ProfileVisit } from './check.ts';
import { readProfile, type Profile } from './read.ts';

export interface ProfileParts {
  readonly definitions: Definitions;
  readonly terminology: LocalTerminology;
  readonly find: (url: string) => Promise<CanonicalResource | undefined>;
}

/** Issues of the resource under the profiles asked for and those claimed in meta.profile, its own and of those inside. */
export type CheckProfiles = (
  resource: Resource,
  profiles: readonly string[],
) => Promise<readonly Issue[]>;

const mostCached = 500;
const longestLine = 10;

export const buildProfiles = ({ definitions, terminology, find }: ProfileParts): CheckProfiles => {
  const read = new Map<string, Profile>();
  let generation = terminology.generation();

  const profileOf = async (url: string): Promise<Profile | undefined> => {
    if (generation !== terminology.generation() || read.size > mostCached) read.clear();
    generation = terminology.generation();
    const known = read.get(url);
    if (known) return known;
    const resource = await find(url);
    const profile = resource && readProfile(resource);
    if (profile) read.set(url, profile);
    return profile;
  };

  const checkOne = async ({ url, place, root, asked }: Task): Promise<readonly Issue[]> => {
    const issues: Issue[] = [];
    const waiting: Waiting[] = [];
    const resource = element(place.value, place.type);
    const line = await lineOf(url, profileOf);
    if (line.length === 0) return isBaseType(url, definitions) ? [] : [unknown(url, place, asked)];
    for (const profile of line) {
      if (profile.type !== place.type) return [...issues, wrongType(profile, place)];
      const visit: ProfileVisit = {
        ...{ definitions, profile: profileOf, resource, root: root ?? resource },
        ...{ url: profile.url, issues, waiting, trail: [url] },
      };
      await checkNode(visit, profile.root, place);
      if (profile.sliced.length > 0) issues.push(slicesSkipped(profile, place));
    }
    const misfits = await checkWaiting(waiting, terminology);
    for (const misfit of misfits) issues.push(await describeMisfit(misfit, terminology));
    return issues;
  };

  return async (resource, profiles) => {
    const issues: Issue[] = [];
    for (const task of tasksOf(resource, profiles))
      for (const issue of await checkOne(task)) issues.push(issue);
    return issues;
  };
};

/** The profile, and where it has no snapshot those it is derived from. */
const lineOf = async (
  url: string,
  profileOf: (url: string) => Promise<Profile | undefined>,
): Promise<readonly Profile[]> => {
  const line: Profile[] = [];
  for (let next: string | undefined = url; next !== undefined && line.length < longestLine;) {
    const profile: Profile | undefined = await profileOf(next);
    if (!profile) break;
    line.push(profile);
    next = profile.base;
  }
  return line;
};

interface Task {
  readonly url: string;
  readonly place: Place;
  readonly root: Element | undefined;
  /** Named by the caller, not only claimed by the resource. */
  readonly asked: boolean;
}

const tasksOf = (resource: Resource, profiles: readonly string[]): readonly Task[] => {
  const { resourceType } = resource;
  const top: Place = { step: resourceType, index: -1, value: resource, type: resourceType };
  const asked = profiles.map((url) => ({ url, place: top, root: undefined, asked: true }));
  const claimed = claims(top, undefined).filter(
    ({ url, place }) => place !== top || !profiles.includes(url),
  );
  return [...asked, ...claimed];
};

/** What the resource and those inside it claim to meet. */
const claims = (place: Place, root: Element | undefined): readonly Task[] => {
  const resource = place.value as Resource;
  const own = Array.isArray(resource.meta?.profile) ? resource.meta.profile : [];
  const tasks: Task[] = own
    .filter((url) => typeof url === 'string')
    .map((url) => ({ url, place, root, asked: false }));
  const around = root ?? element(resource, resource.resourceType);
  for (const [index, each] of listOf(resource['contained']).entries())
    tasks.push(...claimsOfInner({ up: place, step: 'contained', index, value: each }, around));
  for (const [index, entry] of listOf(resource['entry']).entries()) {
    const up: Place = { up: place, step: 'entry', index, value: entry, type: 'Bundle.entry' };
    const value = isObject(entry) ? entry['resource'] : undefined;
    tasks.push(...claimsOfInner({ up, step: 'resource', index: -1, value }, undefined));
  }
  return tasks;
};

const claimsOfInner = (place: Omit<Place, 'type'>, root: Element | undefined): readonly Task[] => {
  const { value } = place;
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return [];
  return claims({ ...place, type: value['resourceType'] }, root);
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isBaseType = (url: string, definitions: Definitions): boolean =>
  definitions.types.has(url.replace('http://hl7.org/fhir/StructureDefinition/', ''));

const unknown = (url: string, place: Place, asked: boolean): Issue => ({
  severity: asked ? 'error' : 'warning',
  code: 'not-found',
  diagnostics: `Profile '${url}' is not known here, so ${pathOf(place)} was not checked against it. Store its StructureDefinition first.`,
  expression: [pathOf(place)],
});

const wrongType = ({ url, type }: Profile, place: Place): Issue => ({
  severity: 'error',
  code: 'structure',
  diagnostics: `Profile ${url} is for ${type}, and ${pathOf(place)} is a ${place.type}.`,
  expression: [pathOf(place)],
});

const slicesSkipped = ({ url, sliced }: Profile, place: Place): Issue => ({
  severity: 'information',
  code: 'not-supported',
  diagnostics: `Profile ${url} slices ${sliced.join(', ')}; what it says of single slices was not checked.`,
  expression: [pathOf(place)],
});
