// Lines: how a medicine is taken, in words: the prescriber's own where there are any, else what the dosage says.
// https://hl7.org/fhir/R4/dosage.html

import type { Dosage } from 'fhir/r4';
import { formatConcept } from '../../format/coded.ts';
import { doseOf, mostOf, rateOf } from './dose.ts';
import { routeInWords } from './routes.ts';
import { stepsOf } from './steps.ts';
import { timingInWords } from './timing.ts';
import { listed, type DosageWords } from './words.ts';

/**
 * A line for each step; those after the first say that they follow. Empty where nothing is said at all; where only a part has no
 * words, that is said, for what is left would pass for the whole.
 */
export const dosageLines = (
  dosages: readonly Dosage[] | undefined,
  words: DosageWords,
): readonly string[] => {
  const steps = stepsOf(dosages ?? []).map((step) => step.map((dosage) => saidOf(dosage, words)));
  if (steps.every((step) => step.every(isSilent))) return [];
  return steps
    .map((step) => lineOf(step, words))
    .map((dosage, place) => (place === 0 ? dosage : words.t('dosage.then', { dosage })));
};

interface Said {
  /** "1 tablet in the morning" */
  readonly dose: string;
  /** "after food", "for 5 days": what doses that are taken together may share. */
  readonly rest: string;
  /** Nobody knows what the words of a person share. */
  readonly isOwnText: boolean;
}

const isSilent = ({ dose, rest }: Said): boolean => dose === '' && rest === '';

const saidOf = (dosage: Dosage, words: DosageWords): Said => {
  const { text = '', patientInstruction = '' } = dosage;
  if (text.trim() === '') return madeOf(dosage, words);
  const dose = text.includes(patientInstruction) ? text : `${text}, ${patientInstruction}`;
  return { dose, rest: '', isOwnText: true };
};

const madeOf = (dosage: Dosage, words: DosageWords): Said => {
  const { site, method, route, additionalInstruction = [], patientInstruction = '' } = dosage;
  const { moments, rhythm, times, bounds } = timingInWords(dosage.timing, words);
  const amount = doseOf(dosage, words);
  const rest = [
    rateOf(dosage, words),
    ...[formatConcept(method), routeInWords(route, words), formatConcept(site)],
    ...[rhythm, ...times],
    ...additionalInstruction.map(formatConcept),
    neededOf(dosage, words),
    ...bounds,
    ...mostOf(dosage, words),
    patientInstruction,
  ];
  const dose = moments.map((when) =>
    amount === '' ? when : words.t('dosage.doseAt', { dose: amount, when }),
  );
  return {
    dose: moments.length === 0 ? amount : listed(dose, words),
    rest: rest.filter((part) => part !== '').join(', '),
    isOwnText: false,
  };
};

const neededOf = (
  { asNeededBoolean, asNeededCodeableConcept }: Dosage,
  { t }: DosageWords,
): string => {
  const reason = formatConcept(asNeededCodeableConcept);
  if (reason !== '') return t('dosage.neededFor', { reason });
  return asNeededBoolean === true || asNeededCodeableConcept !== undefined
    ? t('dosage.needed')
    : '';
};

/** "1 tablet in the morning and 2 tablets at night, after food": what all of them share is said once. */
const lineOf = (step: readonly Said[], words: DosageWords): string => {
  const [first] = step;
  const share = step.every(
    ({ dose, rest, isOwnText }) => !isOwnText && dose !== '' && rest === first?.rest,
  );
  if (share) {
    const doses = listed(
      step.map(({ dose }) => dose),
      words,
    );
    return joined([doses, first?.rest ?? '']);
  }
  return step
    .map((said) => (isSilent(said) ? words.t('dosage.unsaid') : joined([said.dose, said.rest])))
    .reduce((one, other) => words.t('dosage.together', { one, other }));
};

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
