// asker: who books for whom: a patient or proxy for the own record, staff for their organization's Schedules and for patients
// whom they may see. Everything else looks as if it were not there.

import type { Permit } from '../access/permit.ts';
import { forbidden, invalid, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { checkMay } from '../interactions/may.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';

export interface Asker {
  readonly permit: Permit;
  readonly kind: 'patient' | 'staff';
}

/** Throws 403 for whom no Appointment is open for this at all: a visit is made by `create` and changed by `update`. */
export const askerOf = (permit: Permit, right: 'create' | 'update'): Asker => {
  checkMay([right], 'Appointment', permit);
  const { role } = permit.caller ?? {};
  return { permit, kind: role === 'patient' || role === 'proxy' ? 'patient' : 'staff' };
};

/** The logical id of the patient the visit is for; `asked` is what the parameter says. Throws 404, and 400 when nobody is named. */
export const patientFor = async (
  { permit, kind }: Asker,
  asked: string | undefined,
  context: Context,
): Promise<string> => {
  if (kind === 'patient') {
    const { patient } = permit.caller ?? {};
    if (patient === undefined)
      throw forbidden('No patient is in view: sign in to a record, then book for it.');
    if (asked === undefined || asked === patient) return patient;
    throw notFound('Patient', asked);
  }
  if (asked === undefined)
    throw invalid("Parameter 'patient-reference' must say whom the visit is for.");
  const found = await locate({ type: 'Patient', id: asked }, permit, context);
  if (!found || found.deleted) throw notFound('Patient', asked);
  return asked;
};

/** Whether the Schedule, or what was booked in it, is theirs to book in. Patients book everywhere. */
export const isTheirs = ({ permit, kind }: Asker, { custodian }: Version): boolean => {
  if (kind === 'patient') return true;
  const { role, organization } = permit.caller ?? { role: 'network' as const };
  return role === 'network' || (organization !== undefined && custodian === organization);
};

export interface Covering {
  readonly right: 'create' | 'update';
  readonly appointment: Resource;
  /** The version it takes the place of. */
  readonly previous?: Version;
}

/**
 * Throws 403 when the finer scopes of the caller's access do not include the Appointment as it was or as it will be. Whose it
 * is was settled before; it is looked at as if the caller kept it, because the reach of a role to write ends where others do.
 */
export const checkCovers = async (
  { permit }: Asker,
  { right, appointment, previous }: Covering,
  { registry }: Pick<Context, 'registry'>,
): Promise<void> => {
  const { custodian } = permit;
  const method = right === 'create' ? 'POST' : 'PUT';
  const covers = (resource: Resource): Promise<boolean> => {
    const entries = registry.extract(resource, custodian);
    return permit.covers(resource, right, {
      ...{ entries, method, custodian },
      previous: previous?.text,
    });
  };
  const before = previous && (JSON.parse(previous.text) as Resource);
  if ((!before || (await covers(before))) && (await covers(appointment))) return;
  throw forbidden(`Your access does not include: ${right} this Appointment.`);
};
