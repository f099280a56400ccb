// asker: who may ask for a patient's record: clinicians and systems, for the organization they act for.

import type { Caller } from '../../access/caller.ts';
import type { Permit } from '../../access/permit.ts';
import { forbidden } from '../../fhir/problem.ts';
import { checkMay } from '../../interactions/may.ts';

export interface Asker {
  readonly caller: Caller;
  /** `Organization/1` */
  readonly organization: string;
  /** `Practitioner/1` */
  readonly person?: string;
}

/** Throws 403 for everybody else, before anything is looked up. */
export const askerOf = (permit: Permit, roles: readonly Caller['role'][]): Asker => {
  const { caller } = permit;
  if (!caller || !roles.includes(caller.role) || !caller.organization?.startsWith('Organization/'))
    throw forbidden(`This is for ${roles.join(' and ')} users and clients of an organization.`);
  checkMay(['create'], 'Task', permit);
  const { organization, fhirUser } = caller;
  return { caller, organization, ...(fhirUser === undefined ? {} : { person: fhirUser }) };
};
