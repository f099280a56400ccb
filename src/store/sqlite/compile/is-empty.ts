// is-empty: whether a plan can be answered without a search.

import type { Plan } from '../../../search/plan.ts';
import { holds } from './holds.ts';
import { live, paramIds, type Scope } from './scope.ts';
import { never, sql } from './sql.ts';

/** Whether nothing can match, for what is named is not in the store. No more is looked at than it takes to say so. */
export const isEmpty = (plan: Plan, scope: Scope): boolean => {
  switch (plan.op) {
    case 'and':
      return plan.plans.some((part) => isEmpty(part, scope));
    case 'or':
      return plan.plans.every((part) => isEmpty(part, scope));
    case 'to':
      return paramIds(plan.params, scope).length === 0 || isEmpty(plan.plan, live(scope));
    case 'from':
      return paramIds(plan.params, live(scope)).length === 0 || isEmpty(plan.plan, live(scope));
    default:
      return holds(plan, { key: sql`0` }, scope) === never;
  }
};
