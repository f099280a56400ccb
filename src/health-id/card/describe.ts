// describe: what a card says, in words for whoever is shown it.

import { isObject, type Coding, type Resource } from '../../fhir/resource.ts';
import { showNumber } from '../number.ts';
import type { CardClaims } from './claims.ts';

export interface Described {
  /** Address of the issuer. */
  readonly iss: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt?: number;
  readonly person: readonly Line[];
  readonly records: readonly Record[];
}

export interface Line {
  readonly label: string;
  readonly text: string;
}

export interface Record {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Naming {
  /** The words for a code, where they are known here: cards hold codes alone. */
  readonly nameCode: (coding: Coding) => Promise<string | undefined>;
  /** Identifier system of the health IDs. */
  readonly system: string;
}

export const describe = async (claims: CardClaims, naming: Naming): Promise<Described> => {
  const { iss, nbf, exp, vc } = claims;
  const resources = vc.credentialSubject.fhirBundle.entry.map(({ resource }) => resource);
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  const others = resources.filter((resource) => resource !== patient);
  return {
    ...{ iss, issuedAt: nbf * 1000, ...(exp === undefined ? {} : { expiresAt: exp * 1000 }) },
    person: patient ? describePerson(patient, naming) : [],
    records: await Promise.all(others.map((resource) => describeRecord(resource, naming))),
  };
};

type Json = Readonly<{ [name: string]: unknown }>;

const listOf = (value: unknown): readonly Json[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const wordsOf = (...values: readonly unknown[]): string =>
  values.flat().map(textOf).filter(Boolean).join(' ');

const linesOf = (rows: readonly (readonly [string, string])[]): readonly Line[] =>
  rows.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text }));

const describePerson = (patient: Resource, { system }: Naming): readonly Line[] => {
  const [name = {}] = listOf(patient['name']);
  const healthId = listOf(patient['identifier']).find((each) => each['system'] === system);
  return linesOf([
    ['Name', wordsOf(name['given'], name['family'], name['suffix']) || textOf(name['text'])],
    ['Date of birth', textOf(patient['birthDate'])],
    ['Gender', textOf(patient['gender'])],
    ['Health ID', healthId ? showNumber(textOf(healthId['value'])) : ''],
  ]);
};

const titles: Readonly<{ [type: string]: string }> = {
  Immunization: 'Vaccination',
  Observation: 'Result',
};

const describeRecord = async (resource: Resource, naming: Naming): Promise<Record> => {
  const { resourceType } = resource;
  const code = await describeConcept(resource['vaccineCode'] ?? resource['code'], naming);
  const lines = linesOf([
    ['Date', dateOf(resource)],
    ['Value', await describeValue(resource, naming)],
    ['Lot number', textOf(resource['lotNumber'])],
    ['By', performersOf(resource)],
    ['Status', textOf(resource['status'])],
  ]);
  return { title: [titles[resourceType] ?? resourceType, code].filter(Boolean).join(': '), lines };
};

const dateOf = (resource: Resource): string => {
  const [period = {}] = listOf(resource['effectivePeriod']);
  const given =
    resource['occurrenceDateTime'] ??
    resource['occurrenceString'] ??
    resource['effectiveDateTime'] ??
    period['start'];
  return textOf(given).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2');
};

const describeValue = async (resource: Resource, naming: Naming): Promise<string> => {
  const [quantity = {}] = listOf(resource['valueQuantity']);
  const measured = wordsOf(
    quantity['comparator'],
    quantity['value'],
    quantity['unit'] ?? quantity['code'],
  );
  const concept = await describeConcept(resource['valueCodeableConcept'], naming);
  return measured || concept || textOf(resource['valueString'] ?? resource['valueInteger']);
};

const performersOf = (resource: Resource): string =>
  listOf(resource['performer'])
    .map((each) => textOf((isObject(each['actor']) ? each['actor'] : each)['display']))
    .filter(Boolean)
    .join(', ');

const systemNames: Readonly<{ [url: string]: string }> = {
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://id.who.int/icd/release/11/mms': 'ICD-11',
};

const describeConcept = async (concept: unknown, { nameCode }: Naming): Promise<string> => {
  const codings = listOf(isObject(concept) ? concept['coding'] : undefined) as readonly Coding[];
  const names = await Promise.all(
    codings.map(async (coding) => {
      const of = systemNames[coding.system ?? ''] ?? 'code';
      const code = `${of} ${textOf(coding.code)}`;
      const words = await nameCode(coding);
      return words === undefined ? code : `${words} (${code})`;
    }),
  );
  return names.join(', ');
};
