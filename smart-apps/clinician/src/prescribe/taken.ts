// Taken: which prescriptions say that a medicine is taken, and which that it must not be given.
// https://hl7.org/fhir/R4/medicationrequest.html

import type { MedicationRequest } from 'fhir/r4';

/** Proposals and plans authorize nobody to give anything. */
export const isTaken = ({ intent, doNotPerform }: MedicationRequest): boolean =>
  doNotPerform !== true && intent !== 'proposal' && intent !== 'plan';

/** Whoever only proposes it has a reason, too. */
export const isForbidden = ({ doNotPerform }: MedicationRequest): boolean => doNotPerform === true;
