// Named: whether what a resource refers to is there for its writer. Whoever could name a hidden patient or file in a resource
// of their own would come to see it by that, and would learn that it is there; and a Provenance is in the record of its targets.

import type { Entry } from '../search/entry.ts';
import type { Stored } from '../search/match.ts';
import { and, type Plan } from '../search/plan.ts';
import type { Surroundings } from './meets.ts';

/** Every resource of the type that an entry of the resource names is among those of the plan, or is written beside it. */
export const namesOnly = async (
  { type, id, entries }: Stored,
  named: string,
  plan: Plan,
  around: Surroundings,
): Promise<boolean> => {
  if (plan.op === 'everything') return true;
  const isItself = (other: string) => type === named && other === id;
  const ids = namedOf(entries, `${named}/`).filter((other) => !isItself(other));
  return areAmong({ type: named, ids }, plan, around);
};

/** Every resource of this server that the parameter finds it by is among those of the plan of its type, or is written beside it. */
export const refersOnly = async (
  { entries }: Stored,
  param: string,
  planOf: (type: string) => Plan,
  around: Surroundings,
): Promise<boolean> => {
  const own = entries.filter((entry) => entry.param === param);
  const types = new Set(
    own.flatMap((entry) =>
      entry.kind === 'reference' ? (local.exec(entry.target)?.[1] ?? []) : [],
    ),
  );
  for (const type of types) {
    const ids = namedOf(own, `${type}/`);
    if (!(await areAmong({ type, ids }, planOf(type), around))) return false;
  }
  return true;
};

/** As references to resources of this server stand in the index; one to a version is there as one to the resource, too. */
const local = /^([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/;

const namedOf = (entries: readonly Entry[], start: string): readonly string[] => [
  ...new Set(
    entries.flatMap((entry) =>
      entry.kind === 'reference' && entry.target.startsWith(start)
        ? entry.target.split('/')[1]!
        : [],
    ),
  ),
];

const areAmong = async (
  { type, ids }: { readonly type: string; readonly ids: readonly string[] },
  plan: Plan,
  { resources, beside }: Surroundings,
): Promise<boolean> => {
  const elsewhere = ids.filter((id) => beside?.get(`${type}/${id}`) === undefined);
  if (elsewhere.length === 0 || plan.op === 'everything') return true;
  if (plan.op === 'nothing') return false;
  const these = and({ op: 'type', types: [type] }, { op: 'id', ids: elsewhere }, plan);
  const { items } = await resources.search(these, { sort: [], size: elsewhere.length });
  return items.length === elsewhere.length;
};
