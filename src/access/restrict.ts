// Restrict: a plan within the caller's rights, at every place where it looks at a resource.

import type { Definitions } from '../fhir/definitions/types.ts';
import { and, or, type Plan } from '../search/plan.ts';
import { unrestricted, type Permit } from './permit.ts';

/**
 * The plan for resources of these types, narrowed to what the permit lets the caller see. Chains and reverse chains are
 * narrowed too: a chained criterion on a hidden resource must not tell what is in it.
 */
export const restrict = (
  plan: Plan,
  types: readonly string[],
  permit: Permit,
  definitions: Definitions,
): Plan => {
  if (permit === unrestricted) return plan;
  const inside = (part: Plan): Plan => {
    switch (part.op) {
      case 'and':
        return and(...part.plans.map(inside));
      case 'or':
        return or(...part.plans.map(inside));
      case 'not':
        return { ...part, plan: inside(part.plan) };
      case 'to':
      case 'from': {
        const reached = typesOf(part.plan) ?? definitions.resourceTypes;
        return { ...part, plan: restrict(part.plan, reached, permit, definitions) };
      }
      case 'everything':
      case 'nothing':
      case 'type':
      case 'id':
      case 'updated':
      case 'custodian':
      case 'present':
      case 'token':
      case 'string':
      case 'reference':
      case 'uri':
      case 'date':
      case 'number':
      case 'composite':
        return part;
    }
  };
  return and(inside(plan), seen(types, permit));
};

/** What the permit lets be seen of these types. */
const seen = (types: readonly string[], permit: Permit): Plan => {
  const filters = types.map((type) => ({ type, filter: permit.filter(type) }));
  if (filters.every(({ filter }) => filter.op === 'everything')) return { op: 'everything' };
  if (filters.length === 1) return filters[0]!.filter;
  const open = filters.filter(({ filter }) => filter.op === 'everything').map(({ type }) => type);
  const narrowed = filters.filter(({ filter }) => filter.op !== 'everything');
  return or(
    ...(open.length > 0 ? [{ op: 'type', types: open } as const] : []),
    ...narrowed.map(({ type, filter }) => and({ op: 'type', types: [type] }, filter)),
  );
};

/** The types a plan is limited to at its top, undefined when it is not. */
const typesOf = (plan: Plan): readonly string[] | undefined => {
  if (plan.op === 'type') return plan.types;
  if (plan.op !== 'and') return undefined;
  return plan.plans.find((part) => part.op === 'type')?.types;
};
