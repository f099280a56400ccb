// Known members: whether the form has a field for everything a dosage says. What it has none for must not be lost when it is renewed.
// https://hl7.org/fhir/R4/dosage.html, https://hl7.org/fhir/R4/datatypes.html#Timing

import type { Dosage } from 'fhir/r4';

export const hasOnlyKnown = (dosage: Dosage): boolean => {
  const { timing, doseAndRate = [] } = dosage;
  return (
    doseAndRate.length <= 1 &&
    hasOnly(dosage, ofDosage) &&
    hasOnly(timing, ofTiming) &&
    hasOnly(timing?.repeat, ofRepeat) &&
    hasOnly(doseAndRate[0], ofDose) &&
    hasOnly(doseAndRate[0]?.doseQuantity, ofQuantity)
  );
};

const ofDosage = new Set([
  ...['sequence', 'text', 'additionalInstruction', 'patientInstruction', 'timing', 'route'],
  ...['asNeededBoolean', 'asNeededCodeableConcept', 'doseAndRate'],
]);
const ofTiming = new Set(['repeat']);
const ofRepeat = new Set(['boundsDuration', 'frequency', 'period', 'periodUnit', 'when']);
const ofDose = new Set(['type', 'doseQuantity']);
/** Without a comparator: "less than 2" is not 2. */
const ofQuantity = new Set(['value', 'unit', 'system', 'code']);

const hasOnly = (value: object | undefined, names: ReadonlySet<string>): boolean =>
  Object.keys(value ?? {}).every((name) => names.has(name));
