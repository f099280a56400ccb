// plan-criteria: the criteria of a conditional request or reference as a plan.
// https://hl7.org/fhir/R4/http.html#cond-update

import { decodeForm } from '../fhir/percent.ts';
import { invalid } from '../fhir/problem.ts';
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
  const query = readCriteria(criteria.replace(/^[^?=&]*\?/, ''));
  if (query.length === 0) throw invalid(`The criteria for ${type} are empty.`);
  if (query.length > scope.limits.parameters)
    throw invalid(`The criteria for ${type} have too many parameters (LIMIT_PARAMETERS).`);
  const plans: Plan[] = [];
  for (const [name, value] of query) {
    if (isResultParameter(name))
      throw invalid(`'${name}' is no criterion of a conditional request.`);
    if (isEmptyValue(value)) throw invalid(`Criterion '${name}' has no value.`);
    plans.push(await resolve([type], parseParameterPath(name), value, scope));
  }
  return simplify(and({ op: 'type', types: [type] }, ...plans));
};

const readCriteria = (criteria: string): readonly (readonly [string, string])[] =>
  criteria
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });

const decode = (text: string): string => decodeForm(text, 'text of the criteria');
