// Dosage: how a medicine is taken, in one line: the prescriber's own words where there are any.
// https://hl7.org/fhir/R4/dosage.html

import type { Dosage, MedicationRequest, Timing } from 'fhir/r4';
import { formatConcept } from '@meridian/ui/format/coded.ts';
import { formatQuantity } from '@meridian/ui/format/measure.ts';

export const nameOfMedicine = ({
  medicationCodeableConcept,
  medicationReference,
}: MedicationRequest): string =>
  formatConcept(medicationCodeableConcept) || (medicationReference?.display ?? '');

export interface Words {
  /** BCP 47. */
  readonly language: string;
  /** "as needed" */
  readonly asNeeded: string;
}

/** '' where nothing is said. */
export const linesOfDosage = (dosages: readonly Dosage[] | undefined, words: Words): string =>
  (dosages ?? [])
    .map((dosage) => lineOf(dosage, words))
    .filter(Boolean)
    .join('; ');

const lineOf = (dosage: Dosage, words: Words): string => {
  const { text, patientInstruction, doseAndRate = [], timing, route } = dosage;
  if (text !== undefined || patientInstruction !== undefined) return (text ?? patientInstruction)!;
  return [
    formatQuantity(doseAndRate[0]?.doseQuantity),
    rhythmOf(timing, words.language),
    formatConcept(route),
    neededOf(dosage, words),
  ]
    .filter(Boolean)
    .join(', ');
};

/** "3 × / 1 day" */
const rhythmOf = (timing: Timing | undefined, language: string): string => {
  const { frequency = 1, period, periodUnit } = timing?.repeat ?? {};
  if (timing?.code !== undefined) return formatConcept(timing.code);
  if (period === undefined || periodUnit === undefined) return '';
  const unit = { style: 'unit', unit: units[periodUnit], unitDisplay: 'long' } as const;
  const every = new Intl.NumberFormat(`${language}-u-nu-latn`, unit).format(period);
  return `${String(frequency)} × / ${every}`;
};

const units = {
  ...{ s: 'second', min: 'minute', h: 'hour', d: 'day', wk: 'week', mo: 'month', a: 'year' },
} as const;

const neededOf = (
  { asNeededBoolean, asNeededCodeableConcept }: Dosage,
  { asNeeded }: Words,
): string => {
  if (asNeededCodeableConcept === undefined) return asNeededBoolean ? asNeeded : '';
  return `${asNeeded} (${formatConcept(asNeededCodeableConcept)})`;
};
