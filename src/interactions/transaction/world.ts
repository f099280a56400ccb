// The resources of a transaction as a search sees them, before they are written.

import type { Permit } from '../../access/permit.ts';
import type { Stored, World } from '../../search/match.ts';
import type { Plan } from '../../search/plan.ts';
import type { Context } from '../types.ts';
import type { Drafted } from './writes.ts';

export interface DraftedWorld extends World {
  /** Resources of the type among which all that meet the plan are. */
  candidates(type: string, plan: Plan): readonly Stored[];
}

/** Index values are taken type by type, when somebody asks. */
export const worldOf = (
  drafts: readonly Drafted[],
  { custodian }: Pick<Permit, 'custodian'>,
  { registry, now }: Pick<Context, 'registry' | 'now'>,
): DraftedWorld => {
  const at = now();
  const types = Map.groupBy(drafts, ({ write }) => write.type);
  const known = new Map<string, ReadonlyMap<string, Stored>>();
  const ofType = (type: string): ReadonlyMap<string, Stored> => {
    const found = known.get(type);
    if (found) return found;
    const stored = (types.get(type) ?? []).map(({ write, document }): [string, Stored] => {
      const { id, previous } = write;
      const keeper = previous ? previous.custodian : custodian;
      const entries = registry.extract({ ...document.plain, id });
      const known = { type, id, at, entries };
      return [`${type}/${id}`, keeper === undefined ? known : { ...known, custodian: keeper }];
    });
    const made = new Map(stored);
    known.set(type, made);
    return made;
  };
  const byToken = new Map<string, ReadonlyMap<string, readonly Stored[]>>();
  const tokensOf = (type: string): ReadonlyMap<string, readonly Stored[]> => {
    const found = byToken.get(type) ?? indexTokens([...ofType(type).values()]);
    byToken.set(type, found);
    return found;
  };
  return {
    candidates: (type, plan) => {
      const key = requiredToken(plan);
      return key === undefined ? [...ofType(type).values()] : (tokensOf(type).get(key) ?? []);
    },
    get: (key) => ofType(key.slice(0, key.indexOf('/'))).get(key),
    all: () => [...types.keys()].flatMap((type) => [...ofType(type).values()]),
  };
};

/** Most criteria are an identifier: without this, thousands of them would each look at thousands of resources. */
const requiredToken = (plan: Plan): string | undefined => {
  if (plan.op === 'and') return plan.plans.map(requiredToken).find((key) => key !== undefined);
  if (plan.op !== 'token' || plan.params.length !== 1 || plan.any.length !== 1) return undefined;
  const { code } = plan.any[0]!;
  return code === undefined ? undefined : `${plan.params[0]!} ${code}`;
};

const indexTokens = (resources: readonly Stored[]): ReadonlyMap<string, readonly Stored[]> => {
  const index = new Map<string, Stored[]>();
  for (const resource of resources)
    for (const entry of resource.entries) {
      if (entry.kind !== 'token') continue;
      const key = `${entry.param} ${entry.code}`;
      const known = index.get(key);
      if (known?.at(-1) === resource) continue;
      if (known) known.push(resource);
      else index.set(key, [resource]);
    }
  return index;
};
