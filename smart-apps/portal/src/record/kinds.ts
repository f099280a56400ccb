// Kinds: what a record is made of, in the words of its owner, and how each type is searched, newest first.
// https://hl7.org/fhir/R4/searchparameter-registry.html

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import { onlyPrescribed } from '@meridian/ui/record/standing.ts';
import { onlyValid } from '../results/valid.ts';

export const kinds = [
  'visits',
  'results',
  'conditions',
  'medicines',
  'immunizations',
  'procedures',
  'documents',
] as const;

export type Kind = (typeof kinds)[number];

export interface Source {
  readonly type: EventType;
  readonly kind: Kind;
  /** The search parameter of its date, by which it is sorted and filtered. */
  readonly date: string;
  readonly parameters?: SearchParameters;
}

export type EventType =
  | 'Encounter'
  | 'Appointment'
  | 'DiagnosticReport'
  | 'Observation'
  | 'Condition'
  | 'MedicationRequest'
  | 'Immunization'
  | 'Procedure'
  | 'DocumentReference';

/** What was entered by mistake is no part of the record. */
const mistakes = { 'status:not': 'entered-in-error' };

export const sources: readonly Source[] = [
  { type: 'Encounter', kind: 'visits', date: 'date', parameters: mistakes },
  // What took place is an Encounter.
  {
    ...{ type: 'Appointment', kind: 'visits', date: 'date' },
    parameters: { 'status:not': 'entered-in-error,fulfilled' },
  },
  { type: 'DiagnosticReport', kind: 'results', date: 'date', parameters: mistakes },
  // What was called off has no value. With the reports they belong to, so that they are not told twice; many, because many make one event.
  {
    ...{ type: 'Observation', kind: 'results', date: 'date' },
    parameters: { ...onlyValid, _revinclude: 'DiagnosticReport:result', _count: 40 },
  },
  {
    ...{ type: 'Condition', kind: 'conditions', date: 'recorded-date' },
    parameters: { 'verification-status:not': 'entered-in-error,refuted' },
  },
  {
    ...{ type: 'MedicationRequest', kind: 'medicines', date: 'authoredon' },
    parameters: {
      ...{ 'status:not': 'entered-in-error,draft', ...onlyPrescribed },
      _include: 'MedicationRequest:medication',
    },
  },
  { type: 'Immunization', kind: 'immunizations', date: 'date', parameters: mistakes },
  { type: 'Procedure', kind: 'procedures', date: 'date', parameters: mistakes },
  {
    ...{ type: 'DocumentReference', kind: 'documents', date: 'date' },
    parameters: { status: 'current' },
  },
];
