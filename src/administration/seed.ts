// Seed: writes what `seed/` makes up, as the server itself: each part of a record is one transaction of who keeps it. What is
// there is left as it is, so that it can be broken off and done again at any time.

import { unrestricted } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import { invalid } from '../fhir/problem.ts';
import type { Context } from '../interactions/types.ts';
import type { Key } from '../store/port.ts';

export interface Around {
  readonly context: Context;
  /** Base of this server's addresses: `https://host/fhir`. */
  readonly base: string;
}

export interface Patients {
  /** The first and the last, from 1 on; both included. */
  readonly from: number;
  readonly to: number;
  /** Any word; another word, other people. A store keeps the one it was begun with. */
  readonly seed?: string | undefined;
}

/** How many resources were written. Throws 400 for another word than the first time, 422 when a resource is not valid. */
export const seedPatients = async (
  { from, to, seed }: Patients,
  around: Around,
): Promise<number> => {
  // Only who seeds needs it.
  const { directories, recordOf } = await import('../../seed/records.ts');
  const origin = await originOf(seed, around.context);
  let written = 0;
  for (const part of directories(origin)) written += await write(part, around);
  for (let nth = from; nth <= to; nth += 1)
    for (const part of recordOf(nth, origin)) written += await write(part, around);
  return written;
};

const standardSeed = 'meridian';

interface Origin {
  readonly seed: string;
  readonly day: string;
}

/** Word and day are those of the first time: later ones go on with the same histories. */
const originOf = async (seed: string | undefined, { store, now }: Context): Promise<Origin> => {
  const day = new Date(now()).toISOString().slice(0, 10);
  await store.records.add(kind, id, { seed: seed ?? standardSeed, day });
  const origin = (await store.records.get(kind, id)) as Origin;
  if (seed === undefined || seed === origin.seed) return origin;
  throw invalid(`This store was seeded with '${origin.seed}'; use that word, or none.`, 'seed');
};

const kind = 'administration';
const id = 'seed';

interface Named {
  readonly resourceType: string;
  readonly id?: string | undefined;
}

interface Part {
  readonly custodian: string;
  readonly resources: readonly Named[];
}

const write = async ({ custodian, resources }: Part, { context, base }: Around) => {
  const missing = await missingOf(resources, context);
  if (missing.length === 0) return 0;
  const entry = missing.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id!}` },
  }));
  const text = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
  const body = parseDocument(text, context.limits.depth);
  const headers = { prefer: 'return=minimal' };
  const permit = { ...unrestricted, custodian };
  await context.dispatch({ method: 'POST', path: '', query: [], headers, body, base }, permit);
  return missing.length;
};

/** What was deleted since is not brought back; and who has booked a time meanwhile keeps it. */
const missingOf = async (
  resources: readonly Named[],
  { store }: Context,
): Promise<readonly Named[]> => {
  const found = await store.resources.read(resources.map(keyOf));
  const taken = new Set(resources.filter((_, at) => found[at]).map(nameOf));
  return resources.filter(
    (each) => !taken.has(nameOf(each)) && !slotsOf(each).some((slot) => taken.has(slot)),
  );
};

const keyOf = ({ resourceType: type, id: name = '' }: Named): Key => ({ type, id: name });
const nameOf = ({ resourceType, id: name = '' }: Named): string => `${resourceType}/${name}`;

const slotsOf = (
  resource: Named & { readonly slot?: readonly { readonly reference?: string }[] },
) => (resource.slot ?? []).map(({ reference = '' }) => reference);
