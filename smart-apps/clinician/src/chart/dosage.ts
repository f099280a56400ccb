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

/** '' where nothing is said. */
export const linesOfDosage = (dosages: readonly Dosage[] | undefined): string =>
  (dosages ?? []).map(lineOf).filter(Boolean).join('; ');

const lineOf = ({ text, patientInstruction, doseAndRate = [], timing, route }: Dosage): string =>
  text ??
  patientInstruction ??
  [formatQuantity(doseAndRate[0]?.doseQuantity), rhythmOf(timing), formatConcept(route)]
    .filter(Boolean)
    .join(', ');

/** "3 × / 1 d": the numbers are the same in every language. */
const rhythmOf = (timing: Timing | undefined): string => {
  const { frequency, period, periodUnit } = timing?.repeat ?? {};
  if (timing?.code !== undefined) return formatConcept(timing.code);
  if (period === undefined || periodUnit === undefined) return '';
  return `${String(frequency ?? 1)} × / ${String(period)} ${periodUnit}`;
};
