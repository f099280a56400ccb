// Restrict: a plan within the caller's rights, so that totals, pages and includes hold only what the caller may see.

import { and, everything, or, type Plan } from '../search/plan.ts';
import { unrestricted, type Permit } from './permit.ts';

/** The plan, which finds resources of these types only, narrowed to what the permit lets be seen. */
export const restrict = (plan: Plan, types: readonly string[], permit: Permit): Plan =>
  permit === unrestricted ? plan : and(plan, seen(types, permit));

const seen = (types: readonly string[], permit: Permit): Plan => {
  const filters = types.map((type) => ({ type, filter: permit.filter(type) }));
  if (filters.length === 1) return filters[0]!.filter;
  const open = filters.filter(({ filter }) => filter.op === 'everything').map(({ type }) => type);
  if (open.length === types.length) return everything;
  const narrowed = filters.filter(({ filter }) => filter.op !== 'everything');
  return or(
    ...(open.length > 0 ? [{ op: 'type', types: open } as const] : []),
    ...narrowed.map(({ type, filter }) => and({ op: 'type', types: [type] }, filter)),
  );
};
