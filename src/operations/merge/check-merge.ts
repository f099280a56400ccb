// check-merge: who may merge, and whom.

import { unrestricted, type Permit } from '../../access/permit.ts';
import { forbidden, invalid } from '../../fhir/problem.ts';
import { readReference } from '../../fhir/reference.ts';
import type { Pair } from '../../health-id/merge-log.ts';
import { checkReach } from '../../interactions/prepare.ts';
import type { Context } from '../../interactions/types.ts';
import { readJson, type Inputs } from '../parameters.ts';

/** It moves what other organizations keep, and tells how much that is: nobody with the reach of one organization may. */
export const checkNetwork = (permit: Permit): void => {
  if (isNetwork(permit)) return;
  throw forbidden(
    'Merging reaches into the records of every organization: it needs a system client registered for the whole network.',
  );
};

export const isNetwork = (permit: Permit): boolean =>
  permit === unrestricted || permit.caller?.role === 'network';

/** Throws 404 or 403. */
export const checkPatients = async (
  { source, target }: Pair,
  permit: Permit,
  context: Context,
): Promise<void> => {
  const keys = [source, target].map((id) => ({ type: 'Patient', id }));
  for (const current of await context.store.resources.read(keys))
    if (current) await checkReach(current, 'update', permit, context);
};

export const readId = (inputs: Inputs, name: string, type: string): string => {
  const { reference } = readJson(inputs, name) ?? {};
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  if (found?.type === type) return found.id;
  throw invalid(`Parameter '${name}' must refer to a ${type} of this server.`, name);
};
