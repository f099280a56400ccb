// simplify: the same plan with fewer questions: lists of values become one leaf, and what is implied goes.

import { and, mapPlan, or, type Leaf, type Plan } from '../plan.ts';

/** The rewriters in their order. Each keeps the meaning; `search/match` is the judge. */
export const simplify = (plan: Plan): Plan => dropImpliedType(mergeValues(plan));

/** `a,b` of a token, a reference or an id becomes one leaf with both values; the same part twice becomes one. */
const mergeValues = (plan: Plan): Plan => {
  const merged = mapPlan(plan, mergeValues);
  if (merged.op === 'and') return and(...unique(merged.plans));
  if (merged.op === 'or') return or(...mergeLeaves(unique(merged.plans)));
  // Nothing can be referred to, or refer, when there is nothing.
  const isChain = merged.op === 'to' || merged.op === 'from';
  return isChain && merged.plan.op === 'nothing' ? merged.plan : merged;
};

const unique = (plans: readonly Plan[]): readonly Plan[] =>
  plans.length < 2
    ? plans
    : [...new Map(plans.map((plan) => [JSON.stringify(plan), plan])).values()];

const mergeLeaves = (plans: readonly Plan[]): readonly Plan[] => {
  const merged: Plan[] = [];
  for (const plan of plans) {
    const at = merged.findIndex((other) => mergeTwo(other, plan) !== undefined);
    if (at < 0) merged.push(plan);
    else merged[at] = mergeTwo(merged[at]!, plan)!;
  }
  return merged;
};

const mergeTwo = (a: Plan, b: Plan): Leaf | undefined => {
  if (a.op === 'id' && b.op === 'id') return { op: 'id', ids: join(a.ids, b.ids) };
  if (a.op === 'token' && b.op === 'token' && sameParams(a, b))
    return { ...a, any: [...a.any, ...b.any] };
  if (a.op === 'reference' && b.op === 'reference' && sameParams(a, b))
    return { ...a, targets: join(a.targets, b.targets) };
  return undefined;
};

const join = (a: readonly string[], b: readonly string[]): readonly string[] => [
  ...new Set([...a, ...b]),
];

const sameParams = (
  a: { readonly params: readonly string[] },
  b: { readonly params: readonly string[] },
): boolean =>
  a.params.length === b.params.length && a.params.every((param, at) => param === b.params[at]);

/**
 * `Observation.code` is met by Observations only: the type need not be asked. At the top only: inside a chain the type tells
 * what the caller's rights are asked for.
 */
const dropImpliedType = (plan: Plan): Plan => {
  if (plan.op !== 'and') return plan;
  const type = plan.plans.find((part) => part.op === 'type');
  if (type === undefined) return plan;
  const others = plan.plans.filter((part) => part !== type);
  return others.some((part) => implies(part, type.types)) ? and(...others) : plan;
};

/** Whether only resources of these types can meet the plan. */
const implies = (plan: Plan, types: readonly string[]): boolean => {
  switch (plan.op) {
    case 'and':
      return plan.plans.some((part) => implies(part, types));
    case 'or':
      return plan.plans.every((part) => implies(part, types));
    case 'type':
      return plan.types.every((type) => types.includes(type));
    case 'present':
    case 'token':
    case 'string':
    case 'reference':
    case 'uri':
    case 'date':
    case 'number':
    case 'to':
      return plan.params.every((param) => types.includes(param.slice(0, param.indexOf('.'))));
    case 'composite':
      return plan.parts.some((part) => implies(part, types));
    case 'nothing':
      return true;
    case 'not':
    case 'everything':
    case 'id':
    case 'updated':
    case 'custodian':
    case 'from':
      return false;
  }
};
