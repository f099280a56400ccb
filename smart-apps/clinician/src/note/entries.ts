// Entries: a visit and all that was noted at it as one transaction: nothing half stored.
// https://hl7.org/fhir/R4/encounter.html, https://hl7.org/fhir/R4/documentreference.html

import type {
  Appointment,
  BundleEntry,
  Condition,
  DocumentReference,
  Encounter,
  Observation,
  Reference,
} from 'fhir/r4';
import { conceptOf } from '../writing/chosen.ts';
import { createOnce, identifierOf, replace, urnOf } from '../writing/transaction.ts';
import { problemsIn, type Note, type Problem } from './note.ts';
import { textAttachment } from './text-attachment.ts';
import { observationsOf } from './vitals.ts';

export interface Visited {
  /** Logical id. */
  readonly patient: string;
  readonly author: Reference;
  /** Of the organization that keeps it. */
  readonly custodian: Reference | undefined;
  /** The visit under way, as it was read; undefined begins one. */
  readonly encounter: Encounter | undefined;
  /** What was booked, as it was read. */
  readonly appointment: Appointment | undefined;
  /** Signed and over, or to be gone on with. */
  readonly isOver: boolean;
  /** Instants. */
  readonly at: string;
  readonly begun: string;
  /** Of the document: "Visit note". */
  readonly title: string;
}

export const entriesOf = (note: Note, visited: Visited): readonly BundleEntry[] => {
  const key = keysFrom(note.key);
  const about = aboutOf(note, visited);
  return [
    ...encounterEntry(note, visited),
    ...problemsIn(note).map((problem) => created(key(), conditionOf(problem, visited, about))),
    ...observationsOf(note.measured, {
      ...{ subject: about.subject, encounter: about.encounter },
      ...{ effectiveDateTime: visited.at, performer: [visited.author] },
    }).map((observation) => created(key(), observation)),
    created(key(), documentOf(note, visited, about)),
    ...appointmentEntry(visited),
  ];
};

interface About {
  readonly subject: Reference;
  readonly encounter: Reference;
}

const aboutOf = ({ key }: Note, { patient, encounter }: Visited): About => ({
  subject: { reference: `Patient/${patient}` },
  encounter: {
    reference: encounter === undefined ? urnOf(key) : `Encounter/${encounter.id ?? ''}`,
  },
});

const created = (key: string, resource: Condition | Observation | DocumentReference): BundleEntry =>
  createOnce(key, { ...resource, identifier: [identifierOf(key)] });

/** Keys of what belongs to the note: its own, counted on at the end. */
const keysFrom = (key: string): (() => string) => {
  let count = 0;
  const last = Number.parseInt(key.slice(-6), 16);
  return () => {
    count += 1;
    return key.slice(0, -6) + ((last + count) % 0x1000000).toString(16).padStart(6, '0');
  };
};

const encounterEntry = (note: Note, visited: Visited): readonly BundleEntry[] => {
  const { encounter, isOver, at } = visited;
  if (encounter === undefined) return [createOnce(note.key, newEncounter(note, visited))];
  if (!isOver || encounter.status === 'finished') return [];
  return [replace({ ...encounter, status: 'finished', period: { ...encounter.period, end: at } })];
};

const newEncounter = (note: Note, visited: Visited): Encounter => {
  const { patient, author, appointment, custodian, isOver, at, begun } = visited;
  return {
    resourceType: 'Encounter',
    identifier: [identifierOf(note.key)],
    status: isOver ? 'finished' : 'in-progress',
    class: { system: actCode, ...classes[note.place] },
    subject: { reference: `Patient/${patient}` },
    participant: [{ individual: author }],
    ...(appointment === undefined
      ? {}
      : { appointment: [{ reference: `Appointment/${appointment.id ?? ''}` }] }),
    period: { start: begun, ...(isOver ? { end: at } : {}) },
    ...(note.reason.trim() === '' ? {} : { reasonCode: [{ text: note.reason.trim() }] }),
    ...(custodian === undefined ? {} : { serviceProvider: custodian }),
  };
};

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const classes = {
  hospital: { code: 'AMB', display: 'ambulatory' },
  video: { code: 'VR', display: 'virtual' },
} as const;

const conditionOf = (
  { what, certainty }: Problem,
  { author, at }: Visited,
  about: About,
): Condition => ({
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ system: `${terminology}/condition-clinical`, code: 'active' }] },
  verificationStatus: {
    coding: [{ system: `${terminology}/condition-ver-status`, code: certainty }],
  },
  category: [
    {
      coding: [
        {
          system: `${terminology}/condition-category`,
          ...{ code: 'encounter-diagnosis', display: 'Encounter Diagnosis' },
        },
      ],
    },
  ],
  code: conceptOf(what),
  ...about,
  ...{ recordedDate: at, recorder: author },
});

const terminology = 'http://terminology.hl7.org/CodeSystem';

const documentOf = (note: Note, visited: Visited, about: About): DocumentReference => {
  const { author, custodian, isOver, at, title } = visited;
  return {
    resourceType: 'DocumentReference',
    ...{ status: 'current', docStatus: isOver ? 'final' : 'preliminary' },
    type: {
      coding: [{ system: 'http://loinc.org', code: '11506-3', display: 'Progress note' }],
      text: title,
    },
    subject: about.subject,
    ...{ date: at, author: [author], description: title },
    ...(isOver ? { authenticator: author } : {}),
    ...(custodian === undefined ? {} : { custodian }),
    content: [{ attachment: textAttachment(note.text.trim(), title, at) }],
    context: { encounter: [about.encounter] },
  };
};

/** A visit that is over was not missed. */
const appointmentEntry = ({ appointment, isOver }: Visited): readonly BundleEntry[] =>
  !isOver || appointment === undefined || appointment.status === 'fulfilled'
    ? []
    : [replace({ ...appointment, status: 'fulfilled' })];
