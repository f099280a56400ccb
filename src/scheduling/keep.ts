// keep: what a visit writes goes into the records of the organization whose Schedule it is; who asked is named in its Provenance.

import { serversPermit, type Permit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { withProvenance } from '../interactions/commit.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Expect, Version } from '../store/port.ts';

export interface Kept {
  readonly resource: Resource & { readonly id: string };
  /** The version it takes the place of, a deletion included. */
  readonly previous?: Version | undefined;
  readonly expect?: readonly Expect[];
  /** Whoever asks has nothing to do with whose it is, and is not named to them. */
  readonly isServers?: true;
}

/** The custodian of what is written, and who asks. What may be asked was settled before. */
export interface Keeper {
  readonly custodian: string | undefined;
  readonly permit: Permit;
}

/** All of it or nothing. Throws Conflict when somebody came between. */
export const keepAll = async (
  all: readonly Kept[],
  { custodian, permit: { caller } }: Keeper,
  context: Context,
): Promise<readonly Version[]> => {
  const asked = serversPermit({ custodian, caller });
  const own = serversPermit({ custodian });
  const puts: Put[] = [];
  for (const kept of all) puts.push(await putOf(kept, kept.isServers ? own : asked, context));
  const told = puts.filter((_, place) => !all[place]!.isServers);
  const changes = await withProvenance(told, { headers: {} }, asked, context);
  const untold = puts.filter((put) => !told.includes(put));
  await context.store.resources.commit([...changes, ...untold]);
  return puts.map(({ version }) => version);
};

const putOf = async (
  { resource, previous, expect = [] }: Kept,
  permit: Permit,
  context: Context,
): Promise<Put> => {
  const { resourceType: type, id } = resource;
  const method = previous ? ('PUT' as const) : ('POST' as const);
  const draft = { ...{ type, id, method, previous, expect }, document: documentOf(resource) };
  return (await prepare(draft, permit, context)).change;
};
