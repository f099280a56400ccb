// Events: what the timeline of the chart tells of each type: when it was, and what to call it.

import type {
  DiagnosticReport,
  Encounter,
  FhirResource,
  Immunization,
  MedicationRequest,
  Procedure,
} from 'fhir/r4';
import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import { formatConcept } from '@meridian/ui/format/coded.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';

export type EventType =
  'Encounter' | 'DiagnosticReport' | 'Procedure' | 'MedicationRequest' | 'Immunization';

export interface Event {
  readonly id: string;
  readonly type: EventType;
  readonly date: string | undefined;
  readonly title: string;
  readonly text: string | undefined;
  /** It says what must not be done: no event. */
  readonly isForbidden: boolean;
}

export const eventsQuestion = (type: EventType, patient: string): SearchParameters => ({
  ...{ patient, 'status:not': untold[type], _sort: sorts[type], _count: 10 },
  ...(type === 'MedicationRequest' ? onlyOrdered : {}),
  _elements: elements[type],
});

/** `included` holds what came along with the search. */
export const eventOf = (resource: FhirResource, included: readonly FhirResource[]): Event => {
  const { date, title, text } = read[resource.resourceType as EventType](
    resource as never,
    included,
  );
  const { id = '', resourceType } = resource;
  const isForbidden = 'doNotPerform' in resource && resource.doNotPerform === true;
  const type = resourceType as EventType;
  return { id: `${resourceType}/${id}`, type, date, title, text, isForbidden };
};

/** With the Medications they name. */
const onlyOrdered: SearchParameters = {
  'intent:not': 'proposal,plan,option',
  _include: 'MedicationRequest:medication',
};

/** Milliseconds since 1970; a partial date stands where it begins, as in the order of a search. */
export const timeOfEvent = ({ date }: Event): number =>
  date === undefined ? Number.NEGATIVE_INFINITY : Date.parse(date);

/** What was written by mistake, or has not happened. */
const untold: Readonly<Record<EventType, string>> = {
  ...{ Encounter: 'entered-in-error,cancelled', DiagnosticReport: 'entered-in-error,cancelled' },
  Procedure: 'entered-in-error,not-done,preparation',
  MedicationRequest: 'entered-in-error,draft',
  Immunization: 'entered-in-error,not-done',
};

const sorts: Readonly<Record<EventType, string>> = {
  ...{ Encounter: '-date', DiagnosticReport: '-date', Procedure: '-date', Immunization: '-date' },
  MedicationRequest: '-authoredon',
};

const elements: Readonly<Record<EventType, string>> = {
  Encounter: 'status,class,type,period,reasonCode,serviceProvider,subject',
  DiagnosticReport: 'status,code,effectiveDateTime,effectivePeriod,issued,conclusion,subject',
  Procedure: 'status,code,performedDateTime,performedPeriod,subject',
  MedicationRequest:
    // `code` is that of the Medication that comes along.
    'status,intent,doNotPerform,contained,code,medicationCodeableConcept,medicationReference,authoredOn,subject',
  Immunization: 'status,vaccineCode,occurrenceDateTime,patient',
};

interface Told {
  readonly date: string | undefined;
  readonly title: string;
  readonly text?: string | undefined;
}

const read: {
  readonly Encounter: (encounter: Encounter) => Told;
  readonly DiagnosticReport: (report: DiagnosticReport) => Told;
  readonly Procedure: (procedure: Procedure) => Told;
  readonly MedicationRequest: (
    request: MedicationRequest,
    included: readonly FhirResource[],
  ) => Told;
  readonly Immunization: (immunization: Immunization) => Told;
} = {
  Encounter: ({ period, type, class: kind, reasonCode, serviceProvider }) => ({
    date: period?.start,
    title: formatConcept(type?.[0]) || (kind.display ?? kind.code ?? ''),
    text: [formatConcept(reasonCode?.[0]), serviceProvider?.display].filter(Boolean).join(' · '),
  }),
  DiagnosticReport: ({ effectiveDateTime, effectivePeriod, issued, code, conclusion }) => ({
    date: effectiveDateTime ?? effectivePeriod?.start ?? issued,
    ...{ title: formatConcept(code), text: conclusion },
  }),
  Procedure: ({ performedDateTime, performedPeriod, code }) => ({
    date: performedDateTime ?? performedPeriod?.start,
    title: formatConcept(code),
  }),
  MedicationRequest: (request, included) => ({
    date: request.authoredOn,
    title: nameOfMedicine(request, included),
  }),
  Immunization: ({ occurrenceDateTime, vaccineCode }) => ({
    date: occurrenceDateTime,
    title: formatConcept(vaccineCode),
  }),
};
