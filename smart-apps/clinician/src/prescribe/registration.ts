// Registration: under which number a council keeps a practitioner, and what they are. https://hl7.org/fhir/R4/practitioner.html

import type { Practitioner } from 'fhir/r4';
import { formatConcept } from '@meridian/ui/format/coded.ts';

export interface Registration {
  /** '' where none is noted. */
  readonly qualification: string;
  readonly registration: string | undefined;
}

/** The number that belongs to a qualification goes before the official one of the person. */
export const registrationOf = (practitioner: Practitioner | undefined): Registration => {
  const { qualification = [], identifier = [] } = practitioner ?? {};
  return {
    qualification: qualification.map(({ code }) => formatConcept(code)).join(', '),
    registration:
      qualification.flatMap((each) => each.identifier?.[0]?.value ?? [])[0] ??
      identifier.find(({ use }) => use === 'official')?.value,
  };
};
