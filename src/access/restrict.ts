// Restrict: a plan within the caller's rights, at every place where it looks at a resource.

import { and, everything, mapPlan, or, type Plan } from '../search/plan.ts';
import { unrestricted, type Permit, type Right } from './permit.ts';

/**
 * The plan for resources of these types, narrowed to what the permit lets be seen. Chains and reverse chains are narrowed,
 * too: a criterion on a hidden resource must not tell what is in it.
 */
export const restrict = (
  plan: Plan,
  types: readonly string[],
  permit: Permit,
  right: Right = 'search',
): Plan => {
  if (permit === unrestricted) return plan;
  const inside = (part: Plan): Plan =>
    mapPlan(part, (inner) =>
      part.op === 'to' || part.op === 'from'
        ? restrict(inner, typesOf(inner), permit, 'search')
        : inside(inner),
    );
  return and(inside(plan), seen(types, permit, right));
};

/** The types a plan is limited to at its top, where planning leaves them. Of a plan without, nothing may be seen. */
const typesOf = (plan: Plan): readonly string[] => {
  const parts = plan.op === 'and' ? plan.plans : [plan];
  return parts.find((part) => part.op === 'type')?.types ?? [];
};

const seen = (types: readonly string[], permit: Permit, right: Right): Plan => {
  const filters = types.map((type) => ({ type, filter: permit.filter(type, right) }));
  if (filters.length === 1) return filters[0]!.filter;
  const open = filters.filter(({ filter }) => filter.op === 'everything').map(({ type }) => type);
  if (types.length > 0 && open.length === types.length) return everything;
  const narrowed = filters.filter(({ filter }) => filter.op !== 'everything');
  return or(
    ...(open.length > 0 ? [{ op: 'type', types: open } as const] : []),
    ...narrowed.map(({ type, filter }) => and({ op: 'type', types: [type] }, filter)),
  );
};
