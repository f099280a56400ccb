// find-emergency: the emergency that an operation on a Task is about, as far as the caller may see it.

import type { Permit } from '../../access/permit.ts';
import { notFound, notSupported } from '../../fhir/problem.ts';
import { locate } from '../../interactions/locate.ts';
import { keyOf } from '../../interactions/parts.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import { readEmergency, type StandingEmergency } from '../../sharing/emergency-task.ts';

/** Throws 404 for what is hidden from the caller, absent, or no emergency. */
export const findEmergency = async (
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<StandingEmergency> => {
  if (request.method !== 'POST') throw notSupported('An emergency is changed by POST.');
  const { type, id } = keyOf(request);
  const version = await locate({ type, id }, permit, context);
  const found = version && !version.deleted ? readEmergency(version) : undefined;
  if (!found) throw notFound(type, id);
  return found;
};
