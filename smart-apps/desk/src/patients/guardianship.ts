// Guardianship: a guardian looks after the record of a child who is registered here, by what the guardian states; where somebody
// has to be asked first, a code is told at the counter.

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { Parameters } from 'fhir/r4';

/** Codes of v3-RoleCode. */
export const relationships = ['MTH', 'FTH', 'GRPRN', 'GUARD'] as const;
export type Relationship = (typeof relationships)[number];

export interface Linking {
  readonly child: string;
  readonly guardian: string;
  readonly relationship: Relationship;
}

/** Either it is done, or a code is wanted, with the ticket that goes with it. */
export type Linked =
  { readonly state: 'done' } | { readonly state: 'pending'; readonly ticket: string };

export const linkGuardian = async (fhir: Fhir, linking: Linking): Promise<Linked> => {
  const { child, guardian, relationship } = linking;
  const system = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
  return linkedOf(
    await operate<Parameters>(fhir, 'Patient/$register-dependant', [
      { name: 'dependant', valueReference: { reference: `Patient/${child}` } },
      { name: 'guardian', valueReference: { reference: `Patient/${guardian}` } },
      {
        name: 'relationship',
        valueCodeableConcept: { coding: [{ system, code: relationship }] },
      },
    ]),
  );
};

export const confirmGuardian = async (
  fhir: Fhir,
  { ticket, code }: { readonly ticket: string; readonly code: string },
): Promise<Linked> =>
  linkedOf(
    await operate<Parameters>(fhir, 'Patient/$confirm-dependant', [
      { name: 'ticket', valueString: ticket },
      { name: 'code', valueString: code.replace(/\s/g, '') },
    ]),
  );

export const linkedOf = ({ parameter = [] }: Parameters): Linked => {
  const ticket = parameter.find(({ name }) => name === 'ticket')?.valueString;
  return ticket === undefined ? { state: 'done' } : { state: 'pending', ticket };
};
