// Parts of a request that an interaction cannot do without.

import { invalid } from '../fhir/problem.ts';
import { answerParameters } from '../fhir/query.ts';
import type { Document } from '../fhir/resource.ts';
import type { Criteria } from './conditional.ts';
import type { FhirRequest } from './types.ts';

/** The type of the address. The table of routes gives one to every handler that asks. */
export const typeOf = ({ type }: FhirRequest): string => {
  if (type === undefined) throw new Error('The route gives no type.');
  return type;
};

export const keyOf = (request: FhirRequest): { readonly type: string; readonly id: string } => {
  if (request.id === undefined) throw new Error('The route gives no id.');
  return { type: typeOf(request), id: request.id };
};

/** Throws 400 when there is no body. */
export const bodyOf = ({ body, method }: FhirRequest): Document => {
  if (body) return body;
  throw invalid(`${method} needs a resource as its body, and the body is empty.`);
};

/** The criteria of a conditional request on a type: its query without what shapes the answer. */
export const criteriaOf = (request: FhirRequest): Criteria => ({
  type: typeOf(request),
  base: request.base,
  criteria: request.query
    .filter(([name]) => !answerParameters.has(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&'),
});
