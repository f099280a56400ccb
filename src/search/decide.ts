// Decide: whether a plan holds, as far as that can be told without index values: by type, id and custodian alone.

import type { Plan } from './plan.ts';

/** A resource that is not deleted. */
export interface Known {
  readonly type: string;
  readonly id: string;
  readonly custodian?: string;
}

/** undefined: the index values must be asked. */
export const decide = (plan: Plan, known: Known): boolean | undefined => {
  switch (plan.op) {
    case 'everything':
      return true;
    case 'nothing':
      return false;
    case 'and':
      return decideAll(plan.plans, known);
    case 'or':
      return decideAny(plan.plans, known);
    case 'not':
      return opposite(decide(plan.plan, known));
    case 'type':
      return plan.types.includes(known.type);
    case 'id':
      return plan.ids.includes(known.id);
    case 'custodian':
      return known.custodian !== undefined && plan.organizations.includes(known.custodian);
    default:
      return undefined;
  }
};

/** What a resource's type, id and custodian answer. */
const withoutValues: ReadonlySet<Plan['op']> = new Set([
  ...(['everything', 'nothing', 'type', 'id', 'custodian'] as const),
]);

/** Whether some resource could be decided so: where not, asking is in vain. */
export const canDecide = (plan: Plan): boolean => {
  switch (plan.op) {
    case 'and':
    case 'or':
      return plan.plans.some(canDecide);
    case 'not':
      return canDecide(plan.plan);
    default:
      return withoutValues.has(plan.op);
  }
};

const decideAll = (plans: readonly Plan[], known: Known): boolean | undefined => {
  let open = false;
  for (const plan of plans) {
    const decided = decide(plan, known);
    if (decided === false) return false;
    open ||= decided === undefined;
  }
  return open ? undefined : true;
};

const decideAny = (plans: readonly Plan[], known: Known): boolean | undefined => {
  let open = false;
  for (const plan of plans) {
    const decided = decide(plan, known);
    if (decided === true) return true;
    open ||= decided === undefined;
  }
  return open ? undefined : false;
};

const opposite = (decided: boolean | undefined): boolean | undefined =>
  decided === undefined ? undefined : !decided;
