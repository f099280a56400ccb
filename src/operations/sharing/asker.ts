// asker: who may ask for a patient's record, and who takes a patient's code at a desk: staff and systems of an organization.

import type { Caller } from '../../access/caller.ts';
import type { Permit, Right } from '../../access/permit.ts';
import { forbidden } from '../../fhir/problem.ts';
import { checkMay } from '../../interactions/may.ts';

export interface Asker {
  readonly caller: Caller;
  /** `Organization/1` */
  readonly organization: string;
  /** `Practitioner/1`; absent where a system asks. */
  readonly person?: string;
}

/** Throws 403 for everybody else, before anything is looked up. */
export const askerOf = (permit: Permit): Asker => ofOrganization(permit, askers, 'create');

/** The same. */
export const takerOf = (permit: Permit): Asker => ofOrganization(permit, takers, 'update');

const askers: readonly Caller['role'][] = ['clinician', 'system'];
const takers: readonly Caller['role'][] = [...askers, 'desk'];

const ofOrganization = (permit: Permit, roles: readonly Caller['role'][], right: Right): Asker => {
  const { caller } = permit;
  if (!caller || !roles.includes(caller.role) || !caller.organization?.startsWith('Organization/'))
    throw forbidden(`This is for callers of an organization: ${roles.join(', ')}.`);
  checkMay([right], 'Task', permit);
  const { organization, fhirUser } = caller;
  return { caller, organization, ...(fhirUser === undefined ? {} : { person: fhirUser }) };
};
