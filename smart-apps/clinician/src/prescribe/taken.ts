// Taken: which prescriptions say that a medicine is taken, which that it must not be given, and which medicine they mean.
// https://hl7.org/fhir/R4/medicationrequest.html

import type { FhirResource, MedicationRequest } from 'fhir/r4';

/** Proposals and plans authorize nobody to give anything. */
export const isTaken = ({ intent, doNotPerform }: MedicationRequest): boolean =>
  doNotPerform !== true && intent !== 'proposal' && intent !== 'plan';

/** Whoever only proposes it has a reason, too. */
export const isForbidden = ({ doNotPerform }: MedicationRequest): boolean => doNotPerform === true;

/** To be shown and compared, never to be sent: the code of the Medication that came along stands in the place of its reference. */
export const withMedicine = (
  request: MedicationRequest,
  included: readonly FhirResource[],
): MedicationRequest => {
  const { medicationReference, contained = [], ...rest } = request;
  const reference = medicationReference?.reference ?? '';
  const named: FhirResource | undefined = reference.startsWith('#')
    ? (contained as FhirResource[]).find(({ id }) => id === reference.slice(1))
    : included.find(({ resourceType, id }) => `${resourceType}/${id ?? ''}` === reference);
  return named?.resourceType === 'Medication' && named.code !== undefined
    ? { ...rest, medicationCodeableConcept: named.code }
    : request;
};
