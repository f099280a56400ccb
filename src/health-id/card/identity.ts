// identity: what a card says of the person it is for.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/OperationDefinition-patient-i-health-cards-issue.html

import { listOf, type Resource } from '../../fhir/resource.ts';

export type IdentityClaim = keyof typeof claims;

/** As they are asked for: `Patient.name`. */
export const identityClaims = (): readonly IdentityClaim[] =>
  Object.keys(claims) as IdentityClaim[];

/** What stands in a card unless less or more is asked for: enough to compare with another document. */
export const usualClaims: readonly IdentityClaim[] = [
  'Patient.identifier',
  'Patient.name',
  'Patient.birthDate',
];

/** The Patient with these claims alone, of its identifiers only the health ID (in `system`). */
export const identityOf = (
  patient: Resource,
  asked: readonly IdentityClaim[],
  system: string,
): Resource => ({
  resourceType: 'Patient',
  ...Object.fromEntries(
    asked.flatMap((claim) => {
      const value = claims[claim](patient, system);
      return value === undefined ? [] : [[claim.slice('Patient.'.length), value]];
    }),
  ),
});

type Json = Readonly<Record<string, unknown>>;

const only = (value: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.flatMap((name) => (name in value ? [[name, value[name]]] : [])));

/** The one somebody would be asked by. */
const nameOf = (patient: Resource): unknown => {
  const names = listOf(patient['name']).filter(({ use }) => use !== 'old');
  const found = names.find(({ use }) => use === 'official') ?? names[0];
  if (!found) return undefined;
  const isWritten = 'family' in found || 'given' in found;
  return [only(found, isWritten ? ['family', 'given', 'suffix'] : ['text'])];
};

const healthIdOf = (patient: Resource, system: string): unknown => {
  const found = listOf(patient['identifier']).find((each) => each['system'] === system);
  return found && [only(found, ['system', 'value'])];
};

const claims = {
  'Patient.identifier': healthIdOf,
  'Patient.name': nameOf,
  'Patient.birthDate': (patient: Resource): unknown => patient['birthDate'],
  'Patient.gender': (patient: Resource): unknown => patient['gender'],
} as const;
