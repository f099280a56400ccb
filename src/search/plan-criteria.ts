// plan-criteria: the criteria of a conditional request or reference as a plan.
// https://hl7.org/fhir/R4/http.html#cond-update

import { invalid } from '../fhir/problem.ts';
import { readQuery } from '../fhir/query.ts';
import { parseParameterPath } from './parameter-path.ts';
import { and, type Plan } from './plan.ts';
import { isEmptyValue } from './plan-search.ts';
import { resolve } from './resolve.ts';
import { isResultParameter } from './result-parameters.ts';
import { simplify } from './rewrite/simplify.ts';
import type { Scope } from './search-dependencies.ts';

/**
 * The plan of `identifier=system|value&…` for resources of the type. Throws a 400 where a search would ignore something: what
 * is ignored here would let a write hit another resource than the one that was meant.
 */
export const planCriteria = async (type: string, criteria: string, scope: Scope): Promise<Plan> => {
  const text = criteria.replace(/^[^?=&]*\?/, '');
  const sent = readQuery(text, scope.limits.parameters, `text of the criteria for ${type}`);
  const query = scope.spellIdentifiers?.(sent).query ?? sent;
  if (query.length === 0) throw invalid(`The criteria for ${type} are empty.`);
  const plans: Plan[] = [];
  for (const [name, value] of query) {
    if (isResultParameter(name))
      throw invalid(`'${name}' is no criterion of a conditional request.`);
    if (isEmptyValue(value)) throw invalid(`Criterion '${name}' has no value.`);
    plans.push(await resolve([type], parseParameterPath(name), value, scope));
  }
  return simplify(and({ op: 'type', types: [type] }, ...plans));
};
