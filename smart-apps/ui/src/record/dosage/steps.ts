// Steps: which dosages of a medicine are taken at the same time, and which one after the other.
// https://hl7.org/fhir/R4/dosage-definitions.html#Dosage.sequence

import type { Dosage } from 'fhir/r4';

/**
 * "If the sequence number of multiple Dosages is the same, then it is implied that the instructions are to be treated as
 * concurrent. If the sequence number is different, then the Dosages are intended to be sequential." What has no number comes
 * first.
 */
export const stepsOf = (dosages: readonly Dosage[]): readonly (readonly Dosage[])[] => {
  const steps: Dosage[][] = [];
  for (const dosage of [...dosages].sort((a, b) => numberOf(a) - numberOf(b))) {
    const last = steps.at(-1);
    if (last !== undefined && isTogether(last, dosage)) last.push(dosage);
    else steps.push([dosage]);
  }
  return steps;
};

const numberOf = ({ sequence = 0 }: Dosage): number => sequence;

const isTogether = (step: readonly Dosage[], dosage: Dosage): boolean =>
  numberOf(step.at(-1)!) === numberOf(dosage) || step.every((each) => isSameDay(each, dosage));

/** The doses of the morning and of the night are of one day, although many number them. */
const isSameDay = ({ timing: one }: Dosage, { timing: other }: Dosage): boolean => {
  const [whens, others] = [one?.repeat?.when ?? [], other?.repeat?.when ?? []];
  return whens.length > 0 && others.length > 0 && !whens.some((when) => others.includes(when));
};
