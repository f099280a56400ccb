// plan: what scopes grant, as plans. The query of a granular scope is read by the same parser as a search.

import { Problem } from '../../fhir/problem.ts';
import { planCriteria } from '../../search/plan-criteria.ts';
import { everything, or, type Plan } from '../../search/plan.ts';
import type { Scope as Surroundings } from '../../search/search-dependencies.ts';
import type { Right } from '../permit.ts';
import { criteriaOf } from './normalise.ts';
import type { Scope } from './scope.ts';

/** The resources of a type on which the scopes of one context give a right; `nothing` where none speaks of it. */
export type Grants = (context: Scope['context'], type: string, right: Right) => Plan;

/** A scope whose query cannot be searched by grants nothing. */
export const planScopes = async (
  scopes: readonly Scope[],
  surroundings: Surroundings,
): Promise<Grants> => {
  const planned = await Promise.all(scopes.map((scope) => planScope(scope, surroundings)));
  return (context, type, right) => {
    const speaking = planned.filter(
      ({ scope }) => scope.context === context && scope.rights.includes(right),
    );
    // A wildcard speaks for every type: beside it the scopes of single types neither add nor take away.
    const wild = speaking.filter(({ scope }) => scope.type === '*');
    const deciding = wild.length > 0 ? wild : speaking.filter(({ scope }) => scope.type === type);
    return or(...deciding.map(({ planOf }) => planOf(type)));
  };
};

interface Planned {
  readonly scope: Scope;
  readonly planOf: (type: string) => Plan;
}

const planScope = async (scope: Scope, surroundings: Surroundings): Promise<Planned> => {
  if (scope.query.length === 0) return { scope, planOf: () => everything };
  const { resourceTypes } = surroundings.definitions;
  const types = scope.type === '*' ? resourceTypes : [scope.type];
  const criteria = criteriaOf(scope.query).join('&');
  try {
    const plans = new Map(
      await Promise.all(
        types.map(
          async (type) => [type, await planCriteria(type, criteria, surroundings)] as const,
        ),
      ),
    );
    return { scope, planOf: (type) => plans.get(type) ?? { op: 'nothing' } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { scope, planOf: () => ({ op: 'nothing' }) };
  }
};
