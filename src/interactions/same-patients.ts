// Same patients: which old versions may be shown to who may see the resource as it is now. What was filed under the wrong
// patient and put right later must not show the one to the other by its history.

import type { Permit } from '../access/permit.ts';
import { parseJson } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and } from '../search/plan.ts';
import type { Version } from '../store/port.ts';
import type { Context } from './types.ts';

type Around = Pick<Context, 'store' | 'registry'>;

/** Those about patients alone whom the resource is about now, or whom the caller may see. */
export const aboutSamePatients = async (
  versions: readonly Version[],
  permit: Permit,
  context: Around,
): Promise<readonly Version[]> => {
  const asked = versions.filter(
    ({ type, deleted }) => !deleted && permit.filter(type, 'read').op !== 'everything',
  );
  const now = await currentOf(asked, context);
  const others = new Map(
    asked.map((version) => {
      const current = now.get(nameOf(version));
      const known = current ? patientsOf(current, context) : new Set();
      return [version, [...patientsOf(version, context)].filter((each) => !known.has(each))];
    }),
  );
  const seen = await visible([...new Set([...others.values()].flat())], permit, context);
  return versions.filter((version) => (others.get(version) ?? []).every((each) => seen.has(each)));
};

const nameOf = ({ type, id }: Pick<Version, 'type' | 'id'>): string => `${type}/${id}`;

/** The newest version of each that is no deletion. */
const currentOf = async (
  versions: readonly Version[],
  { store }: Around,
): Promise<ReadonlyMap<string, Version>> => {
  const keys = [
    ...new Map(versions.map(({ type, id }) => [`${type}/${id}`, { type, id }])).values(),
  ];
  const newest = keys.length > 0 ? await store.resources.read(keys) : [];
  const before = newest.flatMap((each) =>
    each?.deleted
      ? [{ type: each.type, id: each.id, version: String(Number(each.version) - 1) }]
      : [],
  );
  const last = before.length > 0 ? await store.resources.read(before) : [];
  const kept = [...newest, ...last].filter((each) => each !== undefined);
  return new Map(kept.filter(({ deleted }) => !deleted).map((each) => [nameOf(each), each]));
};

const patientsOf = ({ text }: Version, { registry }: Around): ReadonlySet<string> =>
  new Set(
    registry
      .extract(parseJson(text, Infinity).plain as Resource)
      .flatMap((entry) =>
        entry.kind === 'reference' &&
        entry.param === compartmentParam &&
        entry.target.startsWith('Patient/')
          ? [entry.target]
          : [],
      ),
  );

const visible = async (
  patients: readonly string[],
  permit: Permit,
  { store }: Around,
): Promise<ReadonlySet<string>> => {
  if (patients.length === 0) return new Set();
  const ids = patients.map((each) => each.slice('Patient/'.length));
  const these = and({ op: 'type', types: ['Patient'] }, { op: 'id', ids });
  const plan = and(these, permit.filter('Patient', 'read'));
  const { items } = await store.resources.search(plan, { sort: [], size: ids.length });
  return new Set(items.map(nameOf));
};
