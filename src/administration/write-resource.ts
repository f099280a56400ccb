// Writes a resource as the server itself, by the only write path, so that it is validated, audited and indexed as any other.

import { unrestricted } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import { invalid } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Tools } from './types.ts';

/** Its reference: `Organization/1`; kept by the custodian if there is one. Throws 422 when it is not valid. */
export const createResource = async (
  resource: Resource,
  { context, base }: Tools,
  custodian?: string,
): Promise<string> => {
  const body = parseDocument(JSON.stringify(resource), context.limits.depth);
  const type = resource.resourceType;
  const { headers } = await context.dispatch(
    { method: 'POST', path: type, query: [], headers: {}, body, base },
    custodian === undefined ? unrestricted : { ...unrestricted, custodian },
  );
  const [, id] = new RegExp(`${type}/([^/]+)/_history`).exec(headers?.['location'] ?? '') ?? [];
  if (id === undefined) throw new Error(`The new ${type} has no location.`);
  return `${type}/${id}`;
};

/** Throws 400 when there is no such resource. */
export const checkThere = async (
  reference: string | undefined,
  name: string,
  { context }: Tools,
): Promise<void> => {
  if (reference === undefined) return;
  const [type = '', id = ''] = reference.split('/');
  const [found] = await context.store.resources.read([{ type, id }]);
  if (!found || found.deleted)
    throw invalid(`Parameter '${name}' names ${reference}, which is not there; create it first.`);
};
