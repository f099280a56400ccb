// Uploads: who sends them, whom they are about, and what they bring.

import { createHash } from 'node:crypto';
import type { DocumentReference, Patient } from 'fhir/r4.js';
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
