// instead: a visit that is given up when an earlier time is taken, in the same commit.

import { businessRule, notFound } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import type { Asker } from '../asker.ts';
import { readBooked, type Booked } from '../booked.ts';
import { insteadOf, patientsOf } from './waiting.ts';

/** Throws 404 for a visit that is not this patient's, 422 for one that is over or at another organization. */
export const checkInstead = async (
  id: string,
  wanted: { readonly patient: string; readonly custodian: string | undefined },
  asker: Asker,
  context: Context,
): Promise<void> => {
  const { appointment, version } = await readBooked(id, asker, context);
  if (!patientsOf(appointment).includes(wanted.patient)) throw notFound('Appointment', id);
  if (appointment['status'] !== 'booked' || version.custodian !== wanted.custodian)
    throw businessRule("'instead-of' names a visit that is booked, at the same organization.");
};

/** undefined where there is none, or no longer. */
export const visitToLeave = async (
  offer: Resource,
  asker: Asker,
  context: Context,
): Promise<Booked | undefined> => {
  const [, id] = /^Appointment\/(.+)$/.exec(insteadOf(offer) ?? '') ?? [];
  if (id === undefined) return undefined;
  const [version] = await context.store.resources.read([{ type: 'Appointment', id }]);
  if (!version || version.deleted) return undefined;
  if ((JSON.parse(version.text) as Resource)['status'] !== 'booked') return undefined;
  return readBooked(id, asker, context);
};
