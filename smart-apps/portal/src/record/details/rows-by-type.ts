// Rows by type: which elements of each type are told, and in which order.

import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  Encounter,
  Immunization,
  Observation,
  Procedure,
} from 'fhir/r4';
import type { Words } from '../describe.ts';
import { concepts, notes, references, spanOf, status, type Row } from './row.ts';

type RowsOf<T> = (resource: T, words: Words) => readonly Row[];

const encounter: RowsOf<Encounter> = (visit, words) => [
  { label: 'when', text: spanOf(visit.period, words) },
  concepts('reason', visit.reasonCode),
  references('reason', visit.reasonReference ?? []),
  concepts('visitType', visit.type),
  references('withWhom', visit.participant?.map(({ individual }) => individual) ?? []),
  references('hospital', [visit.serviceProvider]),
  references('where', visit.location?.map(({ location }) => location) ?? []),
  references('diagnosis', visit.diagnosis?.map(({ condition }) => condition) ?? []),
  status(visit.status, words),
];

const observation: RowsOf<Observation> = (found, words) => [
  { label: 'value', text: words.format.value(found) },
  ...(found.component ?? []).map((part) => ({
    label: 'part',
    text: `${words.format.concept(part.code)}: ${words.format.value(part)}`,
  })),
  concepts('interpretation', found.interpretation),
  { label: 'range', text: found.referenceRange?.map(words.format.range).join('; ') },
  {
    label: 'when',
    text:
      words.format.dateTime(found.effectiveDateTime ?? found.effectiveInstant) ||
      spanOf(found.effectivePeriod, words),
  },
  concepts('method', found.method),
  concepts('bodySite', found.bodySite),
  references('from', found.performer ?? []),
  references('visit', [found.encounter]),
  status(found.status, words),
  concepts('code', found.code),
  notes(found.note),
];

const condition: RowsOf<Condition> = (found, words) => [
  concepts('code', found.code),
  concepts('clinicalStatus', found.clinicalStatus),
  concepts('certainty', found.verificationStatus),
  concepts('severity', found.severity),
  { label: 'since', text: words.format.dateTime(found.onsetDateTime) || found.onsetString },
  { label: 'until', text: words.format.dateTime(found.abatementDateTime) || found.abatementString },
  concepts('bodySite', found.bodySite),
  { label: 'recordedOn', text: words.format.dateTime(found.recordedDate) },
  references('from', [found.asserter ?? found.recorder]),
  references('visit', [found.encounter]),
  notes(found.note),
];

const report: RowsOf<DiagnosticReport> = (found, words) => [
  { label: 'conclusion', text: found.conclusion },
  concepts('conclusion', found.conclusionCode),
  concepts('category', found.category),
  {
    label: 'when',
    text: words.format.dateTime(found.effectiveDateTime) || spanOf(found.effectivePeriod, words),
  },
  { label: 'issued', text: words.format.dateTime(found.issued) },
  references('from', [...(found.performer ?? []), ...(found.resultsInterpreter ?? [])]),
  references('visit', [found.encounter]),
  status(found.status, words),
  concepts('code', found.code),
];

const immunization: RowsOf<Immunization> = (given, words) => [
  concepts('vaccine', given.vaccineCode),
  {
    label: 'when',
    text: words.format.dateTime(given.occurrenceDateTime) || given.occurrenceString,
  },
  ...(given.protocolApplied ?? []).map((dose) => ({
    label: 'doseNumber',
    text: String(dose.doseNumberPositiveInt ?? dose.doseNumberString ?? ''),
  })),
  concepts(
    'against',
    given.protocolApplied?.flatMap(({ targetDisease = [] }) => targetDisease),
  ),
  { label: 'lot', text: given.lotNumber },
  references('manufacturer', [given.manufacturer]),
  concepts('bodySite', given.site),
  references('from', given.performer?.map(({ actor }) => actor) ?? []),
  references('where', [given.location]),
  concepts('notDoneBecause', given.statusReason),
  status(given.status, words),
  notes(given.note),
];

const procedure: RowsOf<Procedure> = (done, words) => [
  concepts('code', done.code),
  {
    label: 'when',
    text: words.format.dateTime(done.performedDateTime) || spanOf(done.performedPeriod, words),
  },
  concepts('reason', done.reasonCode),
  references('reason', done.reasonReference ?? []),
  concepts('bodySite', done.bodySite),
  concepts('outcome', done.outcome),
  references('from', done.performer?.map(({ actor }) => actor) ?? []),
  references('where', [done.location]),
  references('visit', [done.encounter]),
  status(done.status, words),
  notes(done.note),
];

const allergy: RowsOf<AllergyIntolerance> = (found, words) => [
  concepts('code', found.code),
  ...(found.reaction ?? []).flatMap(({ manifestation, severity }) => [
    concepts('reaction', manifestation),
    {
      label: 'severity',
      text: severity === undefined ? undefined : words.t(`severity.${severity}`),
    },
  ]),
  {
    label: 'criticality',
    text: found.criticality === undefined ? undefined : words.t(`criticality.${found.criticality}`),
  },
  concepts('clinicalStatus', found.clinicalStatus),
  concepts('certainty', found.verificationStatus),
  { label: 'since', text: words.format.dateTime(found.onsetDateTime) || found.onsetString },
  { label: 'recordedOn', text: words.format.dateTime(found.recordedDate) },
  references('from', [found.asserter ?? found.recorder]),
  notes(found.note),
];

/** The type of the resource is that of its key. */
export const rowsByType: Readonly<Partial<Record<string, RowsOf<never>>>> = {
  Encounter: encounter,
  Observation: observation,
  Condition: condition,
  DiagnosticReport: report,
  Immunization: immunization,
  Procedure: procedure,
  AllergyIntolerance: allergy,
};
