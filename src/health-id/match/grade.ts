// grade: what the weight of a comparison lets be said, in the words of FHIR's match-grade.
// https://hl7.org/fhir/R4/valueset-match-grade.html

import { compare, weightOf, type Comparison } from './weigh.ts';
import type { Person } from './person.ts';

export type Grade = 'certain' | 'probable' | 'possible' | 'certainly-not';

export interface Judgement {
  readonly grade: Grade;
  /** 0 to 1. */
  readonly score: number;
}

/** The two cut-offs of Fellegi and Sunter, with what lies between them halved. */
const cutOffs = { certain: 32, probable: 25, possible: 17 } as const;

export const judge = (one: Person, other: Person): Judgement => {
  const comparison = compare(one, other);
  const weight = weightOf(comparison);
  const grade = gradeOf(comparison, weight);
  const chance = 1 / (1 + 2 ** (middle - weight));
  return { grade, score: Math.round(Math.min(chance, ceilings[grade]) * 1000) / 1000 };
};

/** Where it is as likely one person as two. */
const middle = 20;

/** A score never says more than its grade. */
const ceilings: Readonly<Record<Grade, number>> = {
  certain: 1,
  probable: 0.989,
  possible: 0.899,
  'certainly-not': 0.2,
};

const gradeOf = (comparison: Comparison, weight: number): Grade => {
  if (weight < cutOffs.possible) return 'certainly-not';
  if (weight >= cutOffs.certain && isBeyondDoubt(comparison)) return 'certain';
  return weight >= cutOffs.probable && !isKin(comparison) ? 'probable' : 'possible';
};

/**
 * No weight makes up for these. A name and a birth date are shared by strangers in any large population, so something else must
 * agree as well; and twins share all but the given name, parent and child all but the birth date.
 */
const isBeyondDoubt = ({ family, given, birthDate, gender, ...others }: Comparison): boolean =>
  (given === 'same' || given === 'alike') &&
  (birthDate === 'same' || birthDate === 'turned') &&
  family !== undefined &&
  family !== 'different' &&
  gender !== 'different' &&
  others.identifier !== 'different' &&
  Object.values(others).includes('same');

/** Twins, and namesakes in one house. */
const isKin = ({ given, birthDate, identifier }: Comparison): boolean =>
  identifier !== 'same' && (given === 'different' || birthDate === 'different');
