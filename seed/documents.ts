// Documents: the papers of a visit: a doctor's note as text, and a laboratory's report as a PDF of one page.

import { hash } from 'node:crypto';
import type { DocumentReference, Observation } from 'fhir/r4.js';
import { coding, concept, refer, seeded } from './concepts.ts';
import { momentOf } from './dates.ts';
import { subjectOf } from './encounters.ts';
import { doctorName } from './hospitals.ts';
import { pdfOf } from './pdf.ts';
import type { Person } from './person.ts';
import type { Illness, Visit } from './visits.ts';

export const noteOf = (visit: Visit, { course }: Illness, person: Person): DocumentReference => {
  const lines = [
    ...headOf(visit, person),
    '',
    `${course.condition.display!} (${course.condition.code!}).`,
    `Came with: ${course.complaint.toLowerCase()}.`,
    ...course.medicines.map(({ text, instruction }) => `${text}: ${instruction}.`),
    course.advice,
  ];
  return documentOf(visit, person, {
    ...{ suffix: 'note', title: 'Visit note', contentType: 'text/plain; charset=utf-8' },
    type: coding('loinc', '34133-9', 'Summary of episode note'),
    bytes: Buffer.from(`${lines.join('\n')}\n`),
  });
};

export const reportDocumentOf = (
  visit: Visit,
  results: readonly Observation[],
  person: Person,
): DocumentReference =>
  documentOf(visit, person, {
    ...{ suffix: 'lab', title: 'Laboratory report', contentType: 'application/pdf' },
    type: coding('loinc', '11502-2', 'Laboratory report'),
    bytes: pdfOf([...headOf(visit, person), '', 'Laboratory report', ...results.map(lineOf)]),
  });

/** What another hospital writes about somebody it has seen once. */
export const letterOf = (visit: Visit, person: Person, lines: readonly string[]) =>
  documentOf(visit, person, {
    ...{ suffix: 'letter', title: 'Letter after a visit', contentType: 'application/pdf' },
    type: coding('loinc', '34133-9', 'Summary of episode note'),
    bytes: pdfOf([...headOf(visit, person), '', ...lines]),
  });

const headOf = ({ hospital, doctor, day }: Visit, person: Person): readonly string[] => [
  `${hospital.name}, ${hospital.place.city}`,
  `${person.name}, born ${person.birthDate}`,
  `Seen on ${day} by ${doctorName(doctor)}`,
];

const lineOf = ({ code, valueQuantity, interpretation }: Observation): string =>
  `${code.text!}: ${String(valueQuantity!.value)} ${valueQuantity!.unit!} ${interpretation?.[0]?.coding?.[0]?.display ?? ''}`.trim();

interface Paper {
  readonly suffix: string;
  readonly title: string;
  readonly type: ReturnType<typeof coding>;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const documentOf = (visit: Visit, person: Person, paper: Paper): DocumentReference => {
  const { id, day, from, hospital, doctor } = visit;
  const { suffix, title, type, contentType, bytes } = paper;
  return {
    ...{ resourceType: 'DocumentReference', id: `${id}-${suffix}`, status: 'current' },
    ...{ docStatus: 'final', identifier: seeded(`${id}-${suffix}`), type: concept(type) },
    category: [concept(coding('loinc', '11488-4', 'Consult note'))],
    subject: subjectOf(person),
    date: momentOf(day, from + 20),
    author: [refer('Practitioner', doctor.id, doctorName(doctor))],
    custodian: refer('Organization', hospital.id, hospital.name),
    description: `${title}, ${day}`,
    content: [
      {
        attachment: {
          ...{ contentType, language: 'en', title, size: bytes.length },
          data: Buffer.from(bytes).toString('base64'),
          hash: hash('sha1', bytes, 'base64'),
        },
      },
    ],
    context: { encounter: [refer('Encounter', id)] },
  };
};
