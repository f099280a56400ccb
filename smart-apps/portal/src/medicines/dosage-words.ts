// Dosage words: how a medicine is taken, in a sentence: the prescriber's own text, or else made of what the dosage says.
// https://hl7.org/fhir/R4/dosage.html

import type { Dosage, Quantity, TimingRepeat } from 'fhir/r4';

export interface DosageTexts {
  /** Texts of the namespace `medicines`. */
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  readonly concept: (concept: Dosage['route']) => string;
  readonly quantity: (quantity: Quantity | undefined) => string;
}

/** One sentence for each dosage; they follow one another. Empty where nothing is said. */
export const dosageWords = (
  dosages: readonly Dosage[] | undefined,
  texts: DosageTexts,
): readonly string[] =>
  [...(dosages ?? [])]
    .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    .map((dosage) => dosage.text ?? built(dosage, texts))
    .filter((sentence) => sentence !== '');

const built = (dosage: Dosage, texts: DosageTexts): string => {
  const { t, concept } = texts;
  const { timing, route, asNeededBoolean, asNeededCodeableConcept, patientInstruction } = dosage;
  const reason = concept(asNeededCodeableConcept);
  return [
    doseOf(dosage, texts),
    timing?.repeat === undefined ? concept(timing?.code) : oftenOf(timing.repeat, texts),
    ...(timing?.repeat?.when ?? []).map((when) => t(`when.${when}`)),
    timesOf(timing?.repeat?.timeOfDay, texts),
    reason === '' ? (asNeededBoolean ? t('asNeeded') : '') : t('asNeededFor', { reason }),
    concept(route),
    lastsOf(timing?.repeat, texts),
    patientInstruction ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const doseOf = ({ doseAndRate }: Dosage, { quantity }: DosageTexts): string => {
  const { doseQuantity, doseRange } = doseAndRate?.[0] ?? {};
  if (doseQuantity !== undefined) return quantity(doseQuantity);
  if (doseRange === undefined) return '';
  return [doseRange.low?.value, quantity(doseRange.high)].filter(Boolean).join('–');
};

/** "3 times a day", "every 8 hours". */
const oftenOf = (repeat: TimingRepeat, { t }: DosageTexts): string => {
  const { frequency = 1, frequencyMax, period, periodUnit } = repeat;
  if (period === undefined || periodUnit === undefined) return '';
  const every = t(`every.${periodUnit}`, { count: period });
  if (period !== 1) return frequency === 1 ? every : t('timesEvery', { count: frequency, every });
  const times = frequencyMax === undefined ? String(frequency) : `${frequency}–${frequencyMax}`;
  return t(`per.${periodUnit}`, { count: frequencyMax ?? frequency, times });
};

const timesOf = (times: readonly string[] | undefined, { t }: DosageTexts): string =>
  times === undefined || times.length === 0
    ? ''
    : t('at', { times: times.map((time) => time.slice(0, 5)).join(', ') });

const lastsOf = (repeat: TimingRepeat | undefined, { t, quantity }: DosageTexts): string => {
  if (repeat?.boundsDuration !== undefined)
    return t('forTime', { time: quantity(repeat.boundsDuration) });
  if (repeat?.duration === undefined) return '';
  return t(`lasts.${repeat.durationUnit ?? 'd'}`, { count: repeat.duration });
};
