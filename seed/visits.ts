// Visits: which illnesses a person has had, and when and by whom they were seen for them.

import { courses, type Course } from './courses.ts';
import { plusDays, workingDay } from './dates.ts';
import { type Doctor, type Hospital } from './hospitals.ts';
import type { Person } from './person.ts';
import { randomOf, type Random } from './random.ts';

export interface Visit {
  /** Of the Encounter, and the beginning of the ids of all that came of it. */
  readonly id: string;
  readonly day: string;
  /** Minutes since midnight. */
  readonly from: number;
  readonly hospital: Hospital;
  readonly doctor: Doctor;
  /** From 0 at the first visit to 1 at the last. */
  readonly along: number;
}

export interface Illness {
  /** Of the Condition. */
  readonly id: string;
  readonly course: Course;
  /** Never empty. */
  readonly visits: readonly Visit[];
}

/** At least one; the first is the one that brings the person to the hospital most often. */
export const illnessesOf = (person: Person, seed: string, day: string): readonly Illness[] => {
  const random = randomOf(`${seed}/illnesses/${String(person.nth)}`);
  const fitting = courses.filter((course) => meets(course, person));
  const count = Math.min(fitting.length, person.age < 16 ? 1 : random.between(1, 3));
  return Array.from({ length: count }, () => takeFrom(fitting, random)).map((course, at) =>
    illnessOf({ person, course, at, random }, day),
  );
};

const meets = ({ ages: [least, most], gender }: Course, person: Person): boolean =>
  person.age >= least && person.age <= most && (gender ?? person.gender) === person.gender;

const takeFrom = (left: Course[], random: Random): Course =>
  left.splice(random.between(0, left.length - 1), 1)[0]!;

interface Beginning {
  readonly person: Person;
  readonly course: Course;
  readonly at: number;
  readonly random: Random;
}

const illnessOf = ({ person, course, at, random }: Beginning, day: string): Illness => {
  const id = `${person.id}-${String(at + 1)}`;
  // Other illnesses come along, and are seen less often.
  const count = at === 0 ? course.visits : Math.min(course.visits, 3);
  const last = plusDays(day, -random.between(6, 60) - (count === 1 ? random.between(0, 900) : 0));
  const { home: hospital } = person;
  const doctor = random.pick(hospital.doctors);
  const visits = Array.from({ length: count }, (_, nth): Visit => ({
    id: `${id}-${String(nth + 1)}`,
    day: workingDay(plusDays(last, -(count - 1 - nth) * course.every * 7)),
    from: 9 * 60 + 30 + 5 * random.between(0, 40),
    ...{ hospital, doctor },
    along: count === 1 ? 1 : nth / (count - 1),
  }));
  const since = visits.filter((visit) => visit.day > person.birthDate);
  // Nobody is seen before they are born.
  const newborn = { ...visits.at(-1)!, day: workingDay(plusDays(person.birthDate, 30)) };
  return { id, course, visits: since.length > 0 ? since : [newborn] };
};
