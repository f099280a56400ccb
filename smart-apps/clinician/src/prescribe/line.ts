// Line: one medicine of a prescription as it is typed: every field is text, so that a draft keeps it as it stands.

import type { Route } from '@meridian/ui/record/dosage/routes.ts';
import type { DoseUnit } from '@meridian/ui/record/dosage/units.ts';
import { nothingChosen, type Chosen } from '../writing/chosen.ts';

export const rhythms = [
  ...(['parts', 'daily-1', 'daily-2', 'daily-3', 'daily-4', 'hours', 'weekly', 'single'] as const),
  'free',
] as const;
export type Rhythm = (typeof rhythms)[number];

/** When the dose differs over the day: 1-0-1. */
export const parts = ['morning', 'noon', 'night'] as const;
export type Part = (typeof parts)[number];

export const meals = ['any', 'before', 'with', 'after'] as const;
export type Meal = (typeof meals)[number];

/** UCUM. */
export const spans = ['d', 'wk', 'mo'] as const;
export type Span = (typeof spans)[number];

export interface Line {
  /** A UUID: what was sent is known again by it. */
  readonly key: string;
  readonly medicine: Chosen;
  /** Strength and form: `500 mg tablet`. */
  readonly strength: string;
  readonly dose: string;
  readonly unit: DoseUnit;
  /** '' where the earlier prescription says none that is known. */
  readonly route: Route | '';
  readonly rhythm: Rhythm;
  /** Of the rhythm `hours`. */
  readonly hours: string;
  /** Of the rhythm `parts`. */
  readonly morning: string;
  readonly noon: string;
  readonly night: string;
  readonly isAsNeeded: boolean;
  readonly neededFor: string;
  readonly meal: Meal;
  readonly duration: string;
  readonly span: Span;
  readonly repeats: string;
  /** To the patient. */
  readonly instruction: string;
  /** To colleagues. */
  readonly note: string;
  /** Why it is prescribed in spite of what warns. */
  readonly override: string;
  /** Logical id of the MedicationRequest it renews. */
  readonly renews?: string;
}

export const emptyLine: Omit<Line, 'key'> = {
  ...{ medicine: nothingChosen, strength: '', dose: '1', unit: 'tablet', route: 'oral' },
  ...{ rhythm: 'daily-1', hours: '8', morning: '1', noon: '0', night: '1' },
  ...{ isAsNeeded: false, neededFor: '', meal: 'any', duration: '', span: 'd', repeats: '0' },
  ...{ instruction: '', note: '', override: '' },
};

export const newLine = (key: string): Line => ({ key, ...emptyLine });

/** As it is printed: "Amoxicillin 500 mg capsule". */
export const nameOf = ({ medicine, strength }: Line): string =>
  [medicine.text.trim(), strength.trim()].filter(Boolean).join(' ');

/**
 * NaN for what is no number, or might be two: "1,000" is a thousand to one reader and one to another. A comma counts as a point,
 * ½ and 1/2 as 0.5.
 */
export const numberOf = (text: string): number => {
  const typed = text.trim();
  if (typed === '½' || typed === '1/2') return 0.5;
  return plainNumber.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN;
};

/** Three digits after a comma or a point are how thousands are grouped, but after a zero: nobody writes 0,125 for 125. */
const plainNumber = /^(\d+([.,]\d{1,2})?|0[.,]\d{3,4})$/;

/** Of a part of the day at which nothing is typed, 0. */
export const doseAt = (line: Line, part: Part): number =>
  line[part].trim() === '' ? 0 : numberOf(line[part]);

/** The parts of the day at which something is taken, with how much. */
export const dosesOf = (line: Line): readonly (readonly [Part, number])[] =>
  parts.map((part) => [part, doseAt(line, part)] as const).filter(([, dose]) => dose > 0);
