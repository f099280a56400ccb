// meets: whether a resource that is about to be written meets a plan. Its own values are looked at here, what it refers to and
// what refers to it where they are: beside it in the same commit, or in the store.

import { matches, type Stored, type World } from '../search/match.ts';
import { and, isSimple, not, type From, type Plan, type To } from '../search/plan.ts';
import type { ResourceStore } from '../store/port.ts';

export interface Surroundings {
  readonly resources: Pick<ResourceStore, 'search'>;
  /** What else the commit writes, as it will be. */
  readonly beside?: World | undefined;
}

export const meets = async (plan: Plan, stored: Stored, around: Surroundings): Promise<boolean> => {
  if (isSimple(plan)) return matches(plan, stored, alone);
  switch (plan.op) {
    case 'and':
      for (const part of plan.plans) if (!(await meets(part, stored, around))) return false;
      return true;
    case 'or':
      for (const part of plan.plans) if (await meets(part, stored, around)) return true;
      return false;
    case 'not':
      return !(await meets(plan.plan, stored, around));
    case 'to':
      return refersTo(plan, stored, around);
    case 'from':
      return isReferredTo(plan, stored, around);
  }
};

const alone: World = { get: () => undefined, all: () => [] };

const refersTo = async (
  { params, plan }: To,
  stored: Stored,
  around: Surroundings,
): Promise<boolean> => {
  const targets = new Set(
    stored.entries.flatMap((entry) =>
      entry.kind === 'reference' && params.includes(entry.param) ? [entry.target] : [],
    ),
  );
  const elsewhere: string[] = [];
  for (const target of targets) {
    const other = around.beside?.get(target);
    if (other === undefined) elsewhere.push(target);
    else if (await meets(plan, other, around)) return true;
  }
  const keys = elsewhere.map((target) => target.split('/')).filter(({ length }) => length === 2);
  for (const [type, some] of Map.groupBy(keys, ([name]) => name!)) {
    const ids = some.map(([, id]) => id!);
    const these = and({ op: 'type', types: [type] }, { op: 'id', ids }, plan);
    if (await isThere(these, around)) return true;
  }
  return false;
};

const isReferredTo = async (
  { params, plan }: From,
  { type, id }: Stored,
  around: Surroundings,
): Promise<boolean> => {
  const key = `${type}/${id}`;
  const drafted: Stored[] = [...(around.beside?.all() ?? [])];
  for (const other of drafted) {
    const refers = other.entries.some(
      (entry) => entry.kind === 'reference' && params.includes(entry.param) && entry.target === key,
    );
    if (refers && (await meets(plan, other, around))) return true;
  }
  // What is about to be written anew counts as it will be.
  const replaced = [...Map.groupBy(drafted, (each) => each.type)].map(([of, some]) =>
    not(and({ op: 'type', types: [of] }, { op: 'id', ids: some.map((each) => each.id) })),
  );
  return isThere(and(plan, { op: 'reference', params, targets: [key] }, ...replaced), around);
};

const isThere = async (plan: Plan, { resources }: Surroundings): Promise<boolean> =>
  (await resources.search(plan, { sort: [], size: 1 })).items.length > 0;
