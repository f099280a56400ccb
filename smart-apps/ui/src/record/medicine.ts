// Medicine: which one a prescription means: by a code, by a Medication inside itself, or by one that came along.
// https://hl7.org/fhir/R4/medicationrequest-definitions.html#MedicationRequest.medication_x_

import type { CodeableConcept, FhirResource, MedicationRequest } from 'fhir/r4';
import { formatConcept } from '../format/coded.ts';

/** `included` is what came along with the search. The words beside the reference count where the Medication is not there. */
export const medicineOf = (
  request: MedicationRequest,
  included: readonly FhirResource[] = [],
): CodeableConcept | undefined => {
  const { medicationCodeableConcept, medicationReference } = request;
  if (formatConcept(medicationCodeableConcept) !== '') return medicationCodeableConcept;
  const code = codeOfReferenced(request, included);
  if (formatConcept(code) !== '') return code;
  const { display } = medicationReference ?? {};
  return display === undefined ? undefined : { text: display };
};

/** '' where nothing names it. */
export const nameOfMedicine = (
  request: MedicationRequest,
  included: readonly FhirResource[] = [],
): string => formatConcept(medicineOf(request, included));

/** To be shown, compared or kept, never to be sent: the code of the Medication stands in the place of its reference. */
export const withMedicine = (
  request: MedicationRequest,
  included: readonly FhirResource[],
): MedicationRequest => {
  const code = codeOfReferenced(request, included);
  if (formatConcept(code) === '') return request;
  const named: MedicationRequest = { ...request, medicationCodeableConcept: code! };
  delete named.medicationReference;
  delete named.contained;
  return named;
};

const codeOfReferenced = (
  { medicationReference, contained = [] }: MedicationRequest,
  included: readonly FhirResource[],
): CodeableConcept | undefined => {
  // A version of it is the same medicine.
  const reference = medicationReference?.reference?.replace(/\/_history\/.*$/, '') ?? '';
  const named = reference.startsWith('#')
    ? (contained as readonly FhirResource[]).find(({ id }) => id === reference.slice(1))
    : included.find(({ resourceType, id = '' }) => `${resourceType}/${id}` === reference);
  return named?.resourceType === 'Medication' ? named.code : undefined;
};
