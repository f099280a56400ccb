// May: refusals aloud, for what the caller's access does not include at all. Everything finer looks as if it were not there.

import type { Permit, Right } from '../access/permit.ts';
import { contextsOf, decidingScopes } from '../access/scopes/deciding.ts';
import { parseScopes } from '../access/scopes/parse.ts';
import { forbidden, type Problem } from '../fhir/problem.ts';
import type { Context, FhirRequest } from './types.ts';

/** Throws 403 when the caller may do this to no resource of the type; one of the rights is enough. */
export const checkMay = (rights: readonly Right[], type: string, permit: Permit): void => {
  if (rights.every((right) => isServersOwn(right, type, permit))) throw serversOwn(type);
  if (rights.some((right) => permit.allows(right, type))) return;
  throw notIncluded(rights, type);
};

const notIncluded = (rights: readonly Right[], type: string): Problem =>
  forbidden(`Your access does not include: ${rights.join(' or ')} ${type}.`);

/**
 * Throws 403 when no scope of the caller's speaks of all that is to be written: for what an operation writes by rights of its
 * own, that the role would not give. An app that was let read gives nothing away by it.
 */
export const checkScope = (
  right: Right,
  type: string,
  { caller }: Permit,
  { definitions }: Pick<Context, 'definitions'>,
): void => {
  if (caller === undefined) return;
  const scopes = parseScopes(caller.scopes, definitions);
  const isWhole = contextsOf(caller.role).some((context) =>
    decidingScopes(scopes, context, type, right).some(({ query }) => query.length === 0),
  );
  if (!isWhole) throw notIncluded([right], type);
};

/** What would be no record of what was done if it could be changed. */
export const serversOwnRights: Readonly<Record<string, readonly Right[]>> = {
  AuditEvent: ['create', 'update', 'delete'],
  Provenance: ['update', 'delete'],
};

const isServersOwn = (right: Right, type: string, { caller }: Permit): boolean =>
  caller !== undefined &&
  Object.hasOwn(serversOwnRights, type) &&
  serversOwnRights[type]!.includes(right);

const serversOwn = (type: string): Problem =>
  forbidden(
    type === 'AuditEvent'
      ? 'AuditEvents are written by the server alone; they can be read and searched.'
      : `What stands in a ${type} stays; it can be created, read and searched.`,
    type,
  );

/** Throws 403 for what only the server itself may do to a resource of the type. */
export const checkServersOwn = (right: Right, type: string, permit: Permit): void => {
  if (isServersOwn(right, type, permit)) throw serversOwn(type);
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
