// Document kinds: the kinds a person tells documents apart by, and the codes of each. The first code is that of an own document.
// https://loinc.org/

import type { CodeableConcept } from 'fhir/r4';

export const documentKinds = [
  'laboratory',
  'visit',
  'discharge',
  'prescription',
  'imaging',
  'vaccination',
  'other',
] as const;

export type DocumentKind = (typeof documentKinds)[number];

export const isDocumentKind = (value: string | null): value is DocumentKind =>
  (documentKinds as readonly (string | null)[]).includes(value);

const codes: Readonly<Record<DocumentKind, readonly (readonly [code: string, display: string])[]>> =
  {
    laboratory: [
      ['11502-2', 'Laboratory report'],
      ['26436-6', 'Laboratory studies (set)'],
    ],
    visit: [
      ['34133-9', 'Summary of episode note'],
      ['11488-4', 'Consult note'],
      ['11506-3', 'Progress note'],
      ['34117-2', 'History and physical note'],
    ],
    discharge: [['18842-5', 'Discharge summary']],
    prescription: [['57833-6', 'Prescription for medication']],
    imaging: [
      ['18748-4', 'Diagnostic imaging study'],
      ['68604-8', 'Radiology Diagnostic study note'],
    ],
    vaccination: [['11369-6', 'History of Immunization note']],
    other: [['51855-5', 'Patient Note']],
  };

export const conceptOf = (kind: DocumentKind): CodeableConcept => {
  const [code, display] = codes[kind][0]!;
  return { coding: [{ system: 'http://loinc.org', code, display }] };
};

/** The search parameter that finds a kind. "Other" is whatever none of the others names. */
export const typeFilter = (kind: DocumentKind): Readonly<Record<string, string>> => {
  if (kind !== 'other') return { type: tokens([kind]) };
  return { 'type:not': tokens(documentKinds.filter((each) => each !== 'other')) };
};

const tokens = (of: readonly DocumentKind[]): string =>
  of
    .flatMap((kind) => codes[kind])
    .map(([code]) => `http://loinc.org|${code}`)
    .join(',');
