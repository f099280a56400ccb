// May: refusals aloud, for what the caller's access does not include at all. Everything finer looks as if it were not there.

import type { Permit, Right } from '../access/permit.ts';
import { forbidden } from '../fhir/problem.ts';
import type { FhirRequest } from './types.ts';

/** Throws 403 when the caller may do this to no resource of the type; one of the rights is enough. */
export const checkMay = (rights: readonly Right[], type: string, permit: Permit): void => {
  if (rights.some((right) => permit.allows(right, type))) return;
  throw forbidden(`Your access does not include: ${rights.join(' or ')} ${type}.`, type);
};

/** Criteria tell of other resources what a search would tell. */
export const checkMaySearch = (type: string, permit: Permit): void => {
  checkMay(['search'], type, permit);
};

/** What a method needs at the least. An update may create; which it is, the write path finds out. */
const byMethod: Readonly<Record<FhirRequest['method'], readonly Right[]>> = {
  GET: ['read'],
  HEAD: ['read'],
  POST: ['create'],
  PUT: ['update', 'create'],
  PATCH: ['update'],
  DELETE: ['delete'],
};

export const checkMayWrite = (
  { method, type }: { readonly method: FhirRequest['method']; readonly type: string },
  permit: Permit,
): void => {
  checkMay(byMethod[method], type, permit);
};
