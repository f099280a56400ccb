// Uploads: who sends them, whom they are about, and what they bring.

import { createHash } from 'node:crypto';
import type {
  Binary,
  Bundle,
  BundleEntry,
  DiagnosticReport,
  DocumentReference,
  FhirResource,
  List,
  Observation,
  Patient,
} from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';

export const system = 'https://meridian.example/uhid';

export const person = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Sharma', given: ['Lakshmi'] }],
  gender: 'female',
  birthDate: '1980-03-04',
  telecom: [{ system: 'phone', value: '+91 98450 12345' }],
  ...changes,
});

/** A number with one digit mistyped, so that its check digit does not fit. */
export const mistyped = (number: string): string =>
  `${number.slice(0, 5)}${String((Number(number[5]) + 1) % 10)}${number.slice(6)}`;

export const report = Buffer.from('Haemoglobin 13.2 g/dL');
export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha1').update(bytes).digest('base64');

/** ITI-105: the bytes inside, the patient by number, what the source knows of the patient contained. */
export const documentOf = (
  value: string,
  said: Partial<Patient> = { name: [{ family: 'Sharma' }], birthDate: '1980-03-04' },
  bytes: Uint8Array = report,
): DocumentReference => ({
  resourceType: 'DocumentReference',
  contained: [{ resourceType: 'Patient', id: 'p', ...withoutEmpty(said) }],
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] },
  subject: { identifier: { system, value } },
  content: [
    {
      attachment: {
        contentType: 'text/plain',
        data: Buffer.from(bytes).toString('base64'),
        size: bytes.length,
        hash: hashOf(bytes),
      },
    },
  ],
  context: { sourcePatientInfo: { reference: '#p' } },
});

const withoutEmpty = (said: Partial<Patient>): Partial<Patient> =>
  Object.fromEntries(
    Object.entries(said).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );

const systemOf = (client: string, organization: string): Caller => ({
  ...{ client, token: client, role: 'system', organization, scopes: ['system/*.cruds'] },
});
const staff = (role: Caller['role'], organization: string): Caller => ({
  ...{ client: 'app', token: role, user: role, role, organization },
  fhirUser: `Practitioner/${role}`,
  scopes: ['user/*.cruds'],
});

/** Hospital A has a laboratory, a front desk and a clinician; hospital B registered the patient. */
export const laboratory = systemOf('laboratory', 'Organization/a');
export const clinic = systemOf('clinic', 'Organization/b');
export const desk = staff('desk', 'Organization/a');
export const clinician = staff('clinician', 'Organization/a');

const urn = (place: number): string =>
  `urn:uuid:00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;

export const entriesOf = (bundle: Bundle): readonly BundleEntry[] => bundle.entry ?? [];

const create = (resource: FhirResource, place: number): BundleEntry => ({
  fullUrl: urn(place),
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

export interface Provided {
  readonly said?: Partial<Patient>;
  /** Where the Patient stands that says more of the person. */
  readonly patient?: 'contained' | 'entry';
  readonly bytes?: Uint8Array;
}

const mhd = 'https://profiles.ihe.net/ITI/MHD';
const listType = (code: string) => ({
  coding: [{ system: `${mhd}/CodeSystem/MHDlistTypes`, code }],
});

/** ITI-65: submission set, document, its bytes, and a folder. */
export const provideBundle = (value: string, provided: Provided = {}): Bundle => {
  const {
    said = { name: [{ family: 'Sharma' }] },
    patient = 'contained',
    bytes = report,
  } = provided;
  const identifier = { system, value };
  const isEntry = patient === 'entry';
  const subject = isEntry ? { reference: urn(9) } : { identifier };
  const contained: Patient = { resourceType: 'Patient', id: 'p', ...withoutEmpty(said) };
  const set: List = {
    ...{ resourceType: 'List', status: 'current', mode: 'working', subject },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:oid:1.2.3.${String(bytes.length)}` }],
    code: listType('submissionset'),
    entry: [{ item: { reference: urn(2) } }, { item: { reference: urn(4) } }],
  };
  const document: DocumentReference = {
    ...{ resourceType: 'DocumentReference', status: 'current', subject },
    ...(isEntry ? {} : { contained: [contained] }),
    content: [
      {
        attachment: {
          ...{ contentType: 'text/plain', url: urn(3) },
          ...{ size: bytes.length, hash: hashOf(bytes) },
        },
      },
    ],
    ...(isEntry ? {} : { context: { sourcePatientInfo: { reference: '#p' } } }),
  };
  const binary: Binary = {
    ...{ resourceType: 'Binary', contentType: 'text/plain' },
    data: Buffer.from(bytes).toString('base64'),
  };
  const folder: List = {
    ...{ resourceType: 'List', status: 'current', mode: 'working', subject },
    ...{ code: listType('folder'), entry: [{ item: { reference: urn(2) } }] },
  };
  const named: Patient = {
    resourceType: 'Patient',
    identifier: [identifier],
    ...withoutEmpty(said),
  };
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    meta: { profile: [`${mhd}/StructureDefinition/IHE.MHD.Minimal.ProvideBundle`] },
    entry: [
      ...[create(set, 1), create(document, 2), create(binary, 3), create(folder, 4)],
      ...(isEntry ? [create(named, 9)] : []),
    ],
  };
};

/** A DiagnosticReport and what was observed; the Patient is contained in the Observation alone. */
export const labBundle = (
  value: string,
  said: Partial<Patient> = { birthDate: '1980-03-04' },
): Bundle => {
  const subject = { identifier: { system, value } };
  const code = { coding: [{ system: 'http://loinc.org', code: '718-7' }] };
  const diagnostic: DiagnosticReport = {
    ...{ resourceType: 'DiagnosticReport', status: 'final', code, subject },
    result: [{ reference: urn(2) }],
  };
  const observation: Observation = {
    ...{ resourceType: 'Observation', status: 'final', code },
    contained: [{ resourceType: 'Patient', id: 'p', ...withoutEmpty(said) }],
    subject: { reference: '#p', ...subject },
    valueQuantity: {
      ...{ value: 13.2, unit: 'g/dL', code: 'g/dL', system: 'http://unitsofmeasure.org' },
    },
  };
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [create(diagnostic, 1), create(observation, 2)],
  };
};
