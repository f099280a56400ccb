// Named: whether what a resource refers to is there for its writer. Whoever could name a hidden patient or file in a resource
// of their own would come to see it by that, and would learn that it is there.

import type { Stored } from '../search/match.ts';
import { and, type Plan } from '../search/plan.ts';
import type { Surroundings } from './meets.ts';

/** Every resource of the type that an entry of the resource names is among those of the plan, or is written beside it. */
export const namesOnly = async (
  { type, id, entries }: Stored,
  named: string,
  plan: Plan,
  { resources, beside }: Surroundings,
): Promise<boolean> => {
  if (plan.op === 'everything') return true;
  const ids = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'reference' || !entry.target.startsWith(`${named}/`)) continue;
    const [, other = ''] = entry.target.split('/');
    const isItself = type === named && other === id;
    if (!isItself && beside?.get(`${named}/${other}`) === undefined) ids.add(other);
  }
  if (ids.size === 0) return true;
  if (plan.op === 'nothing') return false;
  const these = and({ op: 'type', types: [named] }, { op: 'id', ids: [...ids] }, plan);
  const { items } = await resources.search(these, { sort: [], size: ids.size });
  return items.length === ids.size;
};
