// Medicine name: of a prescription that names its medicine by a code, inside itself, or by a Medication that came along.

import { formatConcept } from '@meridian/ui/format/coded.ts';
import type { CodeableConcept, FhirResource, MedicationRequest } from 'fhir/r4';

export const medicineOf = (
  { medicationCodeableConcept, medicationReference, contained }: MedicationRequest,
  included: readonly FhirResource[],
): CodeableConcept | undefined => {
  if (medicationCodeableConcept !== undefined) return medicationCodeableConcept;
  const reference = medicationReference?.reference ?? '';
  const named: FhirResource | undefined = reference.startsWith('#')
    ? (contained as FhirResource[] | undefined)?.find(({ id }) => id === reference.slice(1))
    : included.find(({ resourceType, id }) => `${resourceType}/${id ?? ''}` === reference);
  if (named?.resourceType === 'Medication' && named.code !== undefined) return named.code;
  return medicationReference?.display === undefined
    ? undefined
    : { text: medicationReference.display };
};

export const medicineName = (order: MedicationRequest, included: readonly FhirResource[]): string =>
  formatConcept(medicineOf(order, included));
