// Records: all that the seed has to say about a hospital or the nth patient, in parts, each written by who keeps it.

import type { FhirResource } from 'fhir/r4.js';
import { nextAppointment, pastAppointment } from './appointments.ts';
import { proxyOf, sharingOf } from './consents.ts';
import { plusDays, workingDay } from './dates.ts';
import { directoryOf } from './directory.ts';
import { letterOf } from './documents.ts';
import { encounterOf, vitalsOf } from './encounters.ts';
import { hospitals } from './hospitals.ts';
import { patientOf, personOf, type Person } from './person.ts';
import { allergiesOf, immunizationsOf } from './prevention.ts';
import { randomOf } from './random.ts';
import { treatmentOf } from './treatment.ts';
import { illnessesOf, type Visit } from './visits.ts';

export interface Part {
  /** `Organization/sahyadri`, or the patient: who writes it. */
  readonly custodian: string;
  /** Each with the id it is to have. */
  readonly resources: readonly FhirResource[];
}

export interface Origin {
  /** Any word; another word, other people. */
  readonly seed: string;
  /** On which histories end and after which visits are booked: `2026-11-21`. */
  readonly day: string;
}

export const directories = ({ day }: Origin): readonly Part[] =>
  hospitals.map((hospital) => ({
    custodian: `Organization/${hospital.id}`,
    resources: directoryOf(hospital, day),
  }));

/** `nth` from 1 on. The same for the same origin, to the byte. */
export const recordOf = (nth: number, { seed, day }: Origin): readonly Part[] => {
  const person = personOf(nth, seed, day);
  const own = sharingOf(person, day);
  const elsewhere = visitElsewhere(person, day);
  return [
    { custodian: `Organization/${person.home.id}`, resources: atHome(person, seed, day) },
    ...elsewhere,
    ...(own.length === 0 ? [] : [{ custodian: `Patient/${person.id}`, resources: own }]),
  ];
};

const atHome = (person: Person, seed: string, day: string): readonly FhirResource[] => {
  const illnesses = illnessesOf(person, seed, day);
  return [
    patientOf(person),
    ...illnesses.flatMap((illness) => treatmentOf(illness, person)),
    ...allergiesOf(person, day),
    ...immunizationsOf(person, day),
    ...proxyOf(person, day),
    pastAppointment(illnesses[0]!.visits.at(-1)!, person),
    ...nextAppointment(person, day),
  ];
};

/** One in three has been to another hospital, which keeps what it wrote. */
const visitElsewhere = (person: Person, day: string): readonly Part[] => {
  const random = randomOf(`${person.id}/elsewhere`);
  if (!random.chance(33) || person.age < 1) return [];
  const hospital = random.pick(hospitals.filter(({ id }) => id !== person.home.id));
  const seen = workingDay(plusDays(day, -random.between(90, 170)));
  const visit: Visit = {
    ...{ id: `${person.id}-elsewhere`, day: seen, from: 11 * 60, hospital, along: 1 },
    doctor: random.pick(hospital.doctors),
  };
  const lines = [
    'Second opinion asked for by the family.',
    'No change to the treatment is needed.',
  ];
  return [
    {
      custodian: `Organization/${hospital.id}`,
      resources: [
        encounterOf(visit, person, 'Second opinion'),
        ...vitalsOf(visit, person, false),
        letterOf(visit, person, lines),
      ],
    },
  ];
};
