// Encounters: what a visit leaves in the record besides what it was for: the Encounter, and what the nurse measured.

import type { Encounter, Observation, Reference } from 'fhir/r4.js';
import { hl7, refer, seeded } from './concepts.ts';
import { momentOf } from './dates.ts';
import { locationId } from './directory.ts';
import { doctorName } from './hospitals.ts';
import { bloodPressureOf, observationOf } from './observations.ts';
import type { Person } from './person.ts';
import { randomOf } from './random.ts';
import type { Visit } from './visits.ts';

const minutes = 20;

export const encounterOf = (
  { id, day, from, hospital, doctor }: Visit,
  person: Person,
  complaint: string,
): Encounter => ({
  ...{ resourceType: 'Encounter', id, identifier: seeded(id), status: 'finished' },
  class: hl7('v3-ActCode', 'AMB', 'ambulatory'),
  subject: subjectOf(person),
  participant: [
    {
      type: [{ coding: [hl7('v3-ParticipationType', 'ATND', 'attender')] }],
      individual: refer('Practitioner', doctor.id, doctorName(doctor)),
    },
  ],
  period: { start: momentOf(day, from), end: momentOf(day, from + minutes) },
  reasonCode: [{ text: complaint }],
  location: [{ location: refer('Location', locationId(hospital)) }],
  serviceProvider: refer('Organization', hospital.id, hospital.name),
});

export const subjectOf = ({ id, name }: Person): Reference => refer('Patient', id, name);

/** Grown-ups have their blood pressure taken; all are weighed, and children measured. */
export const vitalsOf = (
  visit: Visit,
  person: Person,
  hasHypertension: boolean,
): readonly Observation[] => {
  const random = randomOf(`${visit.id}/vitals`);
  const about = { visit, person };
  const weight = weightOf(person) + random.between(-8, 8) / 10;
  const weighed = observationOf('weight', weight, about);
  if (person.age < 16)
    return [weighed, observationOf('height', Math.min(165, 76 + person.age * 6), about)];
  const systolic = (hasHypertension ? 156 - 26 * visit.along : 118) + random.between(-5, 5);
  const pressure = { systolic, diastolic: systolic * 0.62 + random.between(-2, 4) };
  return [
    weighed,
    bloodPressureOf(pressure, about),
    observationOf('heartRate', random.between(64, 88), about),
  ];
};

const weightOf = ({ id, age, gender }: Person): number => {
  if (age < 16) return 8 + age * 2.6;
  const random = randomOf(`${id}/weight`);
  return (gender === 'female' ? 52 : 62) + random.between(0, 24);
};
