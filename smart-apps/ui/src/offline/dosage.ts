// Dosage: how a kept medicine is taken, in one line: the prescriber's own words, or else what the dosage says.
// https://hl7.org/fhir/R4/dosage.html

import type { CodeableConcept, Dosage, Quantity, TimingRepeat } from 'fhir/r4';

export interface DosageTexts {
  /** BCP 47. */
  readonly language: string;
  /** Texts of the namespace `offline`. */
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly concept: (concept: CodeableConcept | undefined) => string;
  readonly quantity: (quantity: Quantity | undefined) => string;
}

/** Never empty where there is a dosage: what cannot be said in words is said to be missing. */
export const lineOfDosage = (dosage: Dosage, texts: DosageTexts): string => {
  const { text, patientInstruction, route, timing } = dosage;
  if (text !== undefined && text !== '') return text;
  const { concept, quantity, t } = texts;
  const line = [
    doseOf(dosage, texts),
    rhythmOf(timing?.repeat, texts) || concept(timing?.code),
    ...(timing?.repeat?.when ?? []).map((when) => t(`when.${when}`, { defaultValue: when })),
    ...(timing?.repeat?.timeOfDay ?? []).map((time) => time.slice(0, 5)),
    ...(timing?.repeat?.dayOfWeek ?? []).map((day) => t(`weekday.${day}`)),
    neededOf(dosage, texts),
    concept(route),
    quantity(timing?.repeat?.boundsDuration),
    patientInstruction ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  return line === '' ? t('view.noDosage') : line;
};

const doseOf = ({ doseAndRate }: Dosage, { quantity }: DosageTexts): string => {
  const { doseQuantity, doseRange } = doseAndRate?.[0] ?? {};
  if (doseQuantity !== undefined) return quantity(doseQuantity);
  return [doseRange?.low?.value, quantity(doseRange?.high)].filter(Boolean).join('–');
};

/** "3 × / 1 day" */
const rhythmOf = (repeat: TimingRepeat | undefined, { language }: DosageTexts): string => {
  const { frequency = 1, frequencyMax, period, periodUnit } = repeat ?? {};
  if (period === undefined || periodUnit === undefined) return '';
  const unit = { style: 'unit', unit: units[periodUnit], unitDisplay: 'long' } as const;
  const every = new Intl.NumberFormat(`${language}-u-nu-latn`, unit).format(period);
  const times = frequencyMax === undefined ? String(frequency) : `${frequency}–${frequencyMax}`;
  return `${times} × / ${every}`;
};

const units = {
  ...{ s: 'second', min: 'minute', h: 'hour', d: 'day', wk: 'week', mo: 'month', a: 'year' },
} as const;

const neededOf = (
  { asNeededBoolean, asNeededCodeableConcept }: Dosage,
  { t, concept }: DosageTexts,
): string => {
  if (asNeededCodeableConcept === undefined) return asNeededBoolean ? t('view.asNeeded') : '';
  return `${t('view.asNeeded')} (${concept(asNeededCodeableConcept)})`;
};
