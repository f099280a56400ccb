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

/** Types that are seen alike are asked together, those that are seen whole first. */
const seen = (types: readonly string[], permit: Permit, right: Right): Plan => {
  const filters = Map.groupBy(types, (type) => {
    const filter = permit.filter(type, right);
    return filter.op === 'everything' ? everything : filter;
  });
  if (filters.size === 1) return [...filters.keys()][0]!;
  const open = filters.get(everything);
  const narrowed = [...filters].filter(([filter]) => filter !== everything);
  return or(
    ...(open ? [{ op: 'type', types: open } as const] : []),
    ...narrowed.map(([filter, alike]) => and({ op: 'type', types: alike }, filter)),
  );
};
