// keep: what a visit writes goes into the records of the organization whose Schedule it is; who asked is named in its Provenance.

import { unrestricted, type Permit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { commit } from '../interactions/commit.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Expect, Version } from '../store/port.ts';

export interface Kept {
  readonly resource: Resource & { readonly id: string };
  /** The version it takes the place of, a deletion included. */
  readonly previous?: Version | undefined;
  readonly expect?: readonly Expect[];
}

/** The custodian of what is written, and who asks. What may be asked was settled before. */
export interface Keeper {
  readonly custodian: string | undefined;
  readonly permit: Permit;
}

const permitOf = ({ custodian, permit: { caller } }: Keeper): Permit => ({
  ...unrestricted,
  ...(custodian === undefined ? {} : { custodian }),
  ...(caller ? { caller } : {}),
});

/** All of it or nothing. Throws Conflict when somebody came between. */
export const keepAll = async (
  all: readonly Kept[],
  keeper: Keeper,
  context: Context,
): Promise<readonly Version[]> => {
  const permit = permitOf(keeper);
  const changes: Put[] = [];
  for (const { resource, previous, expect = [] } of all) {
    const { resourceType: type, id } = resource;
    const method = previous ? ('PUT' as const) : ('POST' as const);
    const draft = { ...{ type, id, method, previous, expect }, document: documentOf(resource) };
    changes.push((await prepare(draft, permit, context)).change);
  }
  await commit(changes, { headers: {} }, permit, context);
  return changes.map(({ version }) => version);
};
