// Kinds: what a record is made of, in the words of its owner, and how each type is searched, newest first.
// https://hl7.org/fhir/R4/searchparameter-registry.html

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';

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

export const sources: readonly Source[] = [
  { type: 'Encounter', kind: 'visits', date: 'date' },
  // What took place is an Encounter.
  {
    ...{ type: 'Appointment', kind: 'visits', date: 'date' },
    parameters: { 'status:not': 'fulfilled' },
  },
  { type: 'DiagnosticReport', kind: 'results', date: 'date' },
  // With the reports they belong to, so that they are not told twice.
  {
    ...{ type: 'Observation', kind: 'results', date: 'date' },
    parameters: { _revinclude: 'DiagnosticReport:result' },
  },
  { type: 'Condition', kind: 'conditions', date: 'recorded-date' },
  { type: 'MedicationRequest', kind: 'medicines', date: 'authoredon' },
  { type: 'Immunization', kind: 'immunizations', date: 'date' },
  { type: 'Procedure', kind: 'procedures', date: 'date' },
  { type: 'DocumentReference', kind: 'documents', date: 'date' },
];

export const kindOf = (type: string): Kind =>
  sources.find((source) => source.type === type)?.kind ?? 'documents';
