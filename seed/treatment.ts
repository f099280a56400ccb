// Treatment: an illness in the record: the Condition, what was measured for it, what is taken for it, and the papers.

import type {
  Condition,
  DiagnosticReport,
  FhirResource,
  MedicationRequest,
  Observation,
} from 'fhir/r4.js';
import { coding, concept, hl7, refer, seeded, systems } from './concepts.ts';
import type { Medicine } from './courses.ts';
import { momentOf } from './dates.ts';
import { noteOf, reportDocumentOf } from './documents.ts';
import { encounterOf, subjectOf, vitalsOf } from './encounters.ts';
import { doctorName } from './hospitals.ts';
import { measures } from './measures.ts';
import { observationOf } from './observations.ts';
import type { Person } from './person.ts';
import { randomOf } from './random.ts';
import type { Illness, Visit } from './visits.ts';

export const treatmentOf = (illness: Illness, person: Person): readonly FhirResource[] => {
  const { course, visits } = illness;
  const hasHypertension = course.condition.code === 'I10';
  const made: readonly FhirResource[] = [
    conditionOf(illness, person),
    ...visits.flatMap((visit) => [
      encounterOf(visit, person, visit === visits[0] ? course.complaint : 'Follow-up'),
      ...vitalsOf(visit, person, hasHypertension),
      ...resultsOf(visit, illness, person),
    ]),
    ...ordersOf(illness, person),
    noteOf(visits.at(-1)!, illness, person),
  ];
  const { security } = course;
  if (security === undefined) return made;
  return made.map((each) => ({ ...each, meta: { security: [...security] } }));
};

const isOver = ({ course }: Illness): boolean => course.visits === 1;

const conditionOf = (illness: Illness, person: Person): Condition => {
  const { id, course, visits } = illness;
  const first = visits[0]!;
  const state = isOver(illness) ? 'resolved' : 'active';
  return {
    ...{ resourceType: 'Condition', id, identifier: seeded(id) },
    clinicalStatus: { coding: [hl7('condition-clinical', state)] },
    verificationStatus: { coding: [hl7('condition-ver-status', 'confirmed', 'Confirmed')] },
    category: [{ coding: [hl7('condition-category', 'problem-list-item', 'Problem List Item')] }],
    code: concept(course.condition),
    subject: subjectOf(person),
    encounter: refer('Encounter', first.id),
    onsetDateTime: first.day,
    recordedDate: first.day,
    recorder: refer('Practitioner', first.doctor.id, doctorName(first.doctor)),
  };
};

/** What was measured at a visit, and a report of it where a laboratory did it. */
const resultsOf = (visit: Visit, illness: Illness, person: Person): readonly FhirResource[] => {
  const random = randomOf(`${visit.id}/results`);
  const measured = illness.course.trends.map(([name, from, to]): Observation => {
    const value = from + (to - from) * visit.along;
    return observationOf(name, value * (1 + random.between(-15, 15) / 1000), { visit, person });
  });
  const tested = measured.filter((_, at) => isLaboratory(illness.course.trends[at]![0]));
  if (tested.length === 0) return measured;
  const report = reportOf(visit, tested, person);
  const isLast = visit === illness.visits.at(-1);
  return [...measured, report, ...(isLast ? [reportDocumentOf(visit, tested, person)] : [])];
};

const isLaboratory = (name: keyof typeof measures): boolean => measures[name].kind === 'laboratory';

const reportOf = (
  { id, day, from, hospital }: Visit,
  results: readonly Observation[],
  person: Person,
): DiagnosticReport => ({
  ...{ resourceType: 'DiagnosticReport', id: `${id}-report`, status: 'final' },
  identifier: seeded(`${id}-report`),
  category: [{ coding: [hl7('v2-0074', 'LAB', 'Laboratory')] }],
  code: concept(coding('loinc', '11502-2', 'Laboratory report')),
  subject: subjectOf(person),
  encounter: refer('Encounter', id),
  effectiveDateTime: momentOf(day, from + 15),
  issued: momentOf(day, 17 * 60 + 40),
  performer: [refer('Organization', hospital.id, hospital.name)],
  result: results.map((each) => refer('Observation', each.id!)),
});

/** Ordered at the first visit, and again at the last while it is still taken. */
const ordersOf = (illness: Illness, person: Person): readonly MedicationRequest[] => {
  const { course, visits } = illness;
  const seen = visits.length === 1 ? visits : [visits[0]!, visits.at(-1)!];
  return course.medicines.flatMap((medicine, at) =>
    seen.map((visit) => orderOf({ illness, visit, medicine, at }, person)),
  );
};

interface Order {
  readonly illness: Illness;
  readonly visit: Visit;
  readonly medicine: Medicine;
  readonly at: number;
}

const orderOf = (order: Order, person: Person): MedicationRequest => {
  const { illness, visit, medicine } = order;
  const id = `${visit.id}-rx${String(order.at + 1)}`;
  const isTaken = !isOver(illness) && visit === illness.visits.at(-1);
  return {
    ...{ resourceType: 'MedicationRequest', id, identifier: seeded(id), intent: 'order' },
    status: isTaken ? 'active' : 'completed',
    medicationCodeableConcept: concept(medicine.drug, medicine.text),
    subject: subjectOf(person),
    encounter: refer('Encounter', visit.id),
    authoredOn: momentOf(visit.day, visit.from + 18),
    requester: refer('Practitioner', visit.doctor.id, doctorName(visit.doctor)),
    reasonReference: [refer('Condition', illness.id)],
    dosageInstruction: [dosageOf(medicine)],
    dispenseRequest: {
      numberOfRepeatsAllowed: medicine.repeats,
      expectedSupplyDuration: {
        ...{ value: medicine.days, unit: 'days', system: systems.ucum, code: 'd' },
      },
    },
  };
};

const dosageOf = ({ instruction, timesADay, dose: [value, unit] }: Medicine) => ({
  text: instruction,
  ...(instruction.includes('once a week')
    ? { timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk' as const } } }
    : { timing: { repeat: { frequency: timesADay, period: 1, periodUnit: 'd' as const } } }),
  doseAndRate: [
    {
      type: { coding: [hl7('dose-rate-type', 'ordered', 'Ordered')] },
      doseQuantity: { value, unit },
    },
  ],
});
