// Questions: what the chart asks for, each search small: the first page, newest first, and only the elements that are shown.
// https://hl7.org/fhir/R4/search.html#elements

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';

type Question = (patient: string) => SearchParameters;

export const allergiesOf: Question = (patient) => ({
  ...{ patient, _count: 30 },
  _elements: 'code,clinicalStatus,verificationStatus,criticality,reaction,recordedDate,patient',
});

export const problemsOf: Question = (patient) => ({
  ...{ patient, _sort: '-recorded-date', _count: 25 },
  // What does not say whether it is over is not over.
  'clinical-status:not': 'inactive,resolved,remission',
  'verification-status:not': 'refuted,entered-in-error',
  _elements:
    'code,clinicalStatus,verificationStatus,severity,onsetDateTime,onsetPeriod,recordedDate,subject',
});

export const medicinesOf: Question = (patient) => ({
  ...{ patient, status: 'active,on-hold', 'intent:not': 'proposal,plan,option' },
  ...{ _sort: '-authoredon', _count: 30, _include: 'MedicationRequest:medication' },
  // `code` is that of the Medication that comes along.
  _elements:
    'status,intent,doNotPerform,contained,code,medicationCodeableConcept,medicationReference,authoredOn,dosageInstruction,dispenseRequest,subject',
});

export const vitalsOf: Question = (patient) => ({
  ...{ patient, category: 'vital-signs', ...measured, _sort: '-date', _count: 40 },
  _elements: observed,
});

export const laboratoryOf: Question = (patient) => ({
  ...{ patient, category: 'laboratory', ...measured, _sort: '-date', _count: 20 },
  _elements: observed,
});

/** `code` as `system|code`. Enough for years of visits. */
export const trendOf = (patient: string, code: string): SearchParameters => ({
  ...{ patient, code, ...measured, _sort: '-date', _count: 50, _elements: observed },
});

export const documentsOf: Question = (patient) => ({
  ...{ patient, status: 'current', _sort: '-date', _count: 10 },
});

export const immunizationsOf: Question = (patient) => ({
  ...{ patient, 'status:not': 'entered-in-error', _sort: '-date', _count: 10 },
  _elements: 'status,vaccineCode,occurrenceDateTime,occurrenceString,patient',
});

/** Emergencies whose review is still to come; the one of this person that is not over is shown. */
export const emergenciesOf = (patient: string, user: string): SearchParameters => ({
  ...{ code: 'review-emergency', patient, requester: user, status: 'requested', _count: 10 },
});

/** What was written by mistake was never measured; what was called off has no value. */
const measured = { 'status:not': 'entered-in-error,cancelled' };

/** `effective` and `value` in every form they have. */
const observed =
  'status,category,code,effective,issued,value,dataAbsentReason,component,interpretation,referenceRange,subject';

/** Everything of which the chart shows something. */
export const chartTypes: readonly string[] = [
  ...['Patient', 'AllergyIntolerance', 'Condition', 'MedicationRequest', 'Observation'],
  ...['DocumentReference', 'Immunization', 'Encounter', 'DiagnosticReport', 'Procedure', 'Task'],
];
