// Request: a prescription as a transaction: a MedicationRequest for each medicine, and what warned against it with the reason why it
// is prescribed nevertheless. https://hl7.org/fhir/R4/medicationrequest.html, https://hl7.org/fhir/R4/detectedissue.html

import type {
  BundleEntry,
  CodeableConcept,
  DetectedIssue,
  MedicationRequest,
  MedicationRequestDispenseRequest,
  Reference,
} from 'fhir/r4';
import { conceptOf } from '../writing/chosen.ts';
import { createOnce, identifierOf, urnOf } from '../writing/transaction.ts';
import { dosagesOf, doseQuantity, durationOf, type LineWords } from './dosage.ts';
import { nameOf, numberOf, type Line } from './line.ts';
import { suppliedOf } from './supply.ts';
import type { Warning } from './warnings.ts';

export interface Prescribed {
  /** Logical ids. */
  readonly patient: string;
  readonly encounter: string | undefined;
  readonly requester: Reference;
  /** An instant. */
  readonly at: string;
  /** A UUID: the medicines of one prescription. */
  readonly group: string;
}

export interface PrescribedLine {
  readonly line: Line;
  readonly words: LineWords;
  readonly warnings: readonly Warning[];
}

/** The MedicationRequests first, in the order of the lines. */
export const entriesOf = (
  lines: readonly PrescribedLine[],
  prescribed: Prescribed,
): readonly BundleEntry[] => [
  ...lines.map((each) => createOnce(each.line.key, requestOf(each, prescribed))),
  ...lines
    .filter(({ warnings }) => warnings.length > 0)
    .map((each) => createOnce(issueKey(each.line), issueOf(each, prescribed))),
];

const requestOf = (
  { line, words, warnings }: PrescribedLine,
  { patient, encounter, requester, at, group }: Prescribed,
): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  identifier: [identifierOf(line.key)],
  ...{ status: 'active', intent: 'order' },
  medicationCodeableConcept: conceptOf(line.medicine, nameOf(line)),
  subject: { reference: `Patient/${patient}` },
  ...(encounter === undefined ? {} : { encounter: { reference: `Encounter/${encounter}` } }),
  ...{ authoredOn: at, requester, groupIdentifier: identifierOf(group) },
  ...(line.note.trim() === '' ? {} : { note: [{ text: line.note.trim() }] }),
  dosageInstruction: dosagesOf(line, words),
  dispenseRequest: dispenseOf(line, words),
  ...(line.renews === undefined
    ? {}
    : { priorPrescription: { reference: `MedicationRequest/${line.renews}` } }),
  ...(warnings.length === 0 ? {} : { detectedIssue: [{ reference: urnOf(issueKey(line)) }] }),
});

const dispenseOf = (line: Line, words: LineWords): MedicationRequestDispenseRequest => {
  const days = numberOf(line.duration);
  const supplied = suppliedOf(line);
  return {
    numberOfRepeatsAllowed: numberOf(line.repeats),
    ...(Number.isNaN(days) ? {} : { expectedSupplyDuration: durationOf(days, line.span) }),
    ...(supplied === undefined ? {} : { quantity: doseQuantity(supplied, line.unit, words.t) }),
  };
};

/** The key of the line with its last digit turned: the same at each sending. */
const issueKey = ({ key }: Line): string =>
  key.replace(/.$/, (digit) => ((Number.parseInt(digit, 16) + 8) % 16).toString(16));

const issueOf = (
  { line, warnings }: PrescribedLine,
  { patient, requester, at }: Prescribed,
): DetectedIssue => ({
  resourceType: 'DetectedIssue',
  identifier: [identifierOf(issueKey(line))],
  status: 'final',
  code: codeOf(warnings),
  severity: warnings.some(isGrave) ? 'high' : 'moderate',
  patient: { reference: `Patient/${patient}` },
  ...{ identifiedDateTime: at, author: requester },
  implicated: [{ reference: urnOf(line.key) }, ...warnings.flatMap(implicatedOf)],
  mitigation: [{ action: { text: line.override.trim() }, date: at, author: requester }],
});

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const allergyAlert = { system: actCode, code: 'ALGY', display: 'Allergy Alert' };
const duplicate = { system: actCode, code: 'DUPTHPY', display: 'Duplicate Therapy Alert' };

/** The gravest of them. The list of codes has none for what was noted not to be given. */
const codeOf = (warnings: readonly Warning[]): CodeableConcept => {
  if (warnings.some(({ kind }) => kind === 'allergy')) return { coding: [allergyAlert] };
  return warnings.some(({ kind }) => kind === 'forbidden')
    ? { text: 'Noted not to be given' }
    : { coding: [duplicate] };
};

const isGrave = (warning: Warning): boolean =>
  warning.kind === 'forbidden' ||
  (warning.kind === 'allergy' &&
    warning.match !== 'related' &&
    warning.allergy.criticality === 'high');

const implicatedOf = (warning: Warning): readonly Reference[] => {
  switch (warning.kind) {
    case 'allergy':
      return [{ reference: `AllergyIntolerance/${warning.allergy.id ?? ''}` }];
    case 'forbidden':
    case 'duplicate':
      return [{ reference: `MedicationRequest/${warning.request.id ?? ''}` }];
    case 'twice':
      return [];
  }
};
