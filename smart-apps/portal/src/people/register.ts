// Register: the operations by which a person comes to care for another's record. conformance/registration.md

import type { OperationOutcome, Parameters, Patient } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';

/** Codes of v3-RoleCode: what the guardian is to the person. */
export const relationships = [
  ...['MTH', 'FTH', 'PRN', 'GRPRN', 'GUARD', 'SIB', 'CHILD', 'SPS', 'FAMMEMB'],
] as const;

const relationshipOf = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code }],
});

export interface Dependant {
  readonly given: string;
  readonly family: string;
  readonly birthDate: string;
  readonly gender: '' | NonNullable<Patient['gender']>;
  readonly relationship: string;
  /** Of an adult: a mail address, or a mobile number with the code of the country. */
  readonly contact: string;
}

/** Either there is one more person to care for, or somebody is asked first. */
export type Registered =
  | { readonly state: 'added'; readonly patient: string }
  | { readonly state: 'asked'; readonly ticket: string | undefined };

export const registerDependant = async (fhir: Fhir, dependant: Dependant): Promise<Registered> =>
  registered(
    await operate<Parameters>(fhir, 'Patient/$register-dependant', [
      { name: 'resource', resource: patientOf(dependant) },
      { name: 'relationship', valueCodeableConcept: relationshipOf(dependant.relationship) },
    ]),
  );

export const confirmDependant = async (
  fhir: Fhir,
  { ticket, code }: { readonly ticket: string; readonly code: string },
): Promise<Registered> =>
  registered(
    await operate<Parameters>(fhir, 'Patient/$confirm-dependant', [
      { name: 'ticket', valueString: ticket },
      { name: 'code', valueString: code.replaceAll(/\s/g, '') },
    ]),
  );

export const invite = (
  fhir: Fhir,
  { patient, contact }: { readonly patient: string; readonly contact: string },
): Promise<OperationOutcome> =>
  operate(fhir, `Patient/${patient}/$invite-guardian`, [
    { name: 'contact', valueString: contact.trim() },
  ]);

export const accept = async (
  fhir: Fhir,
  { invitation, relationship }: { readonly invitation: string; readonly relationship: string },
): Promise<Registered> =>
  registered(
    await operate<Parameters>(fhir, 'Patient/$accept-guardianship', [
      { name: 'invitation', valueString: invitation.trim() },
      { name: 'relationship', valueCodeableConcept: relationshipOf(relationship) },
    ]),
  );

export const patientOf = (dependant: Dependant): Patient => {
  const { given, family, birthDate, gender, contact } = dependant;
  const address = contact.trim();
  return {
    resourceType: 'Patient',
    name: [
      {
        use: 'official',
        ...(family.trim() === '' ? {} : { family: family.trim() }),
        given: given.trim().split(/\s+/),
      },
    ],
    birthDate,
    ...(gender === '' ? {} : { gender }),
    ...(address === ''
      ? {}
      : { telecom: [{ system: address.includes('@') ? 'email' : 'phone', value: address }] }),
  };
};

/** Who is of age approves by a code. The server decides by its own rule; this one only says which fields are asked for. */
export const isAdult = (birthDate: string, now = new Date()): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return false;
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  return Date.UTC(year + 18, month - 1, day) <= now.getTime();
};

const registered = ({ parameter = [] }: Parameters): Registered => {
  const named = (name: string) => parameter.find((each) => each.name === name);
  const patient = named('patient')?.valueReference?.reference;
  return patient === undefined
    ? { state: 'asked', ticket: named('ticket')?.valueString }
    : { state: 'added', patient };
};
