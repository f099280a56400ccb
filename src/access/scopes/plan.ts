// plan: what scopes grant, as plans. The query of a granular scope is read by the same parser as a search.

import { Problem } from '../../fhir/problem.ts';
import { planCriteria } from '../../search/plan-criteria.ts';
import { everything, nothing, or, type Plan } from '../../search/plan.ts';
import type { Scope as Surroundings } from '../../search/search-dependencies.ts';
import type { Right } from '../permit.ts';
import { decidingScopes } from './deciding.ts';
import { criteriaOf } from './normalise.ts';
import type { Scope } from './scope.ts';

/** The resources of a type on which the scopes of one context give a right; `nothing` where none speaks of it. */
export type Grants = (context: Scope['context'], type: string, right: Right) => Plan;

/** A scope whose query cannot be searched by grants nothing. */
export const planScopes = async (
  scopes: readonly Scope[],
  surroundings: Surroundings,
): Promise<Grants> => {
  const planned = new Map(
    await Promise.all(
      scopes.map(async (scope) => [scope, await planScope(scope, surroundings)] as const),
    ),
  );
  return (context, type, right) =>
    or(...decidingScopes(scopes, context, type, right).map((scope) => planned.get(scope)!(type)));
};

type PlanOf = (type: string) => Plan;

const planScope = async (scope: Scope, surroundings: Surroundings): Promise<PlanOf> => {
  if (scope.query.length === 0) return () => everything;
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
    return (type) => plans.get(type) ?? nothing;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return () => nothing;
  }
};
