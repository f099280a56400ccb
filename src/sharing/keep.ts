// keep: what the server writes into a record on behalf of who keeps it, with a Provenance that names who asked for it.

import type { Caller } from '../access/caller.ts';
import { serversPermit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { withProvenance } from '../interactions/commit.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Change, Version } from '../store/port.ts';

export interface Kept {
  /** `Patient/1` or `Organization/1`: whose record it goes into. */
  readonly keeper: string;
  readonly id: string;
  readonly resource: Resource;
  /** The version it takes the place of, and no other. */
  readonly previous?: Version;
}

/** The resource as a change, validated. Whoever asked needs no right of their own: the operation has settled what may be asked. */
export const keep = async (
  { keeper, id, resource, previous }: Kept,
  context: Context,
): Promise<Put> => {
  const draft = {
    ...{ type: resource.resourceType, id, document: documentOf(resource) },
    ...(previous ? { method: 'PUT' as const, previous } : { method: 'POST' as const }),
  };
  return (await prepare(draft, serversPermit({ custodian: keeper }), context)).change;
};

/** Changes of one keeper, and who asked for them. A keeper's Provenance is seen by nobody else. */
export const asAskedBy = (
  caller: Caller | undefined,
  changes: readonly Put[],
  context: Context,
): Promise<readonly Change[]> => {
  const custodian = changes[0]?.version.custodian;
  return withProvenance(changes, { headers: {} }, serversPermit({ caller, custodian }), context);
};
