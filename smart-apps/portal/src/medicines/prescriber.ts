// Prescriber: the name and the registration of who wrote a prescription. https://hl7.org/fhir/R4/practitioner.html

import { formatConcept } from '@meridian/ui/format/coded.ts';
import { formatName } from '@meridian/ui/format/person.ts';
import type { FhirResource, MedicationRequest, Practitioner } from 'fhir/r4';

export interface Prescriber {
  readonly name: string | undefined;
  readonly qualification: string | undefined;
  /** The number under which a council has registered them: that of a qualification goes before the official one of the person. */
  readonly registration: string | undefined;
}

/** `included` holds the Practitioner where the prescription names one. */
export const prescriberOf = (
  { requester }: MedicationRequest,
  included: readonly FhirResource[],
): Prescriber => {
  const found = included.find(
    ({ resourceType, id }) => requester?.reference === `${resourceType}/${id ?? ''}`,
  );
  if (found?.resourceType !== 'Practitioner')
    return { name: requester?.display, qualification: undefined, registration: undefined };
  return {
    name: formatName(found.name) || requester?.display,
    qualification: found.qualification?.map(({ code }) => formatConcept(code)).join(', '),
    registration: registrationOf(found),
  };
};

const registrationOf = ({ qualification = [], identifier = [] }: Practitioner) =>
  qualification.flatMap((each) => each.identifier?.[0]?.value ?? [])[0] ??
  identifier.find(({ use }) => use === 'official')?.value;
