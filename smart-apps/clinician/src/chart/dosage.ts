// Dosage: how a medicine is taken, in one line: the prescriber's own words where there are any.
// https://hl7.org/fhir/R4/dosage.html

import type {
  Dosage,
  FhirResource,
  Medication,
  MedicationRequest,
  Ratio,
  Timing,
  TimingRepeat,
} from 'fhir/r4';
import { formatConcept } from '@meridian/ui/format/coded.ts';
import { formatDate } from '@meridian/ui/format/date.ts';
import { formatQuantity, formatRange } from '@meridian/ui/format/measure.ts';

/** '' where nothing names it: not the request, not the Medication it contains or that came along. */
export const nameOfMedicine = (
  { medicationCodeableConcept, medicationReference, contained = [] }: MedicationRequest,
  included: readonly FhirResource[] = [],
): string => {
  const { reference, display } = medicationReference ?? {};
  const medication = [...(contained as readonly FhirResource[]), ...included].find(
    ({ resourceType, id = '' }) =>
      resourceType === 'Medication' && [`#${id}`, `Medication/${id}`].includes(reference ?? ''),
  ) as Medication | undefined;
  return formatConcept(medicationCodeableConcept) || display || formatConcept(medication?.code);
};

export interface Words {
  /** BCP 47. */
  readonly language: string;
  /** "as needed" */
  readonly asNeeded: string;
  /** Texts of the namespace `chart`, below `dosage`: "when.MORN", "for" some time. */
  readonly say: (key: string, values?: Readonly<Record<string, unknown>>) => string;
}

/** '' where nothing is said. In the order of `sequence`; what has none keeps its place before them. */
export const linesOfDosage = (dosages: readonly Dosage[] | undefined, words: Words): string =>
  [...(dosages ?? [])]
    .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    .map((dosage) => lineOf(dosage, words))
    .filter(Boolean)
    .join('; ');

/** An instruction to the patient never stands for the dose: it follows it. */
const lineOf = (dosage: Dosage, words: Words): string => {
  const { text, patientInstruction, additionalInstruction = [], timing, route } = dosage;
  if (text !== undefined) return text;
  return [
    doseOf(dosage),
    rhythmOf(timing, words.language),
    ...timesOf(timing?.repeat, words),
    formatConcept(route),
    neededOf(dosage, words),
    lastsOf(timing?.repeat, words),
    mostOf(dosage, words),
    ...additionalInstruction.map(formatConcept),
    patientInstruction,
  ]
    .filter(Boolean)
    .join(', ');
};

/** "500 mg" or "1–2 tablet", and how fast, where it is infused. */
const doseOf = ({ doseAndRate }: Dosage): string => {
  const { doseQuantity, doseRange, rateQuantity, rateRange, rateRatio } = doseAndRate?.[0] ?? {};
  const dose = formatQuantity(doseQuantity) || formatRange(doseRange);
  const rate = formatQuantity(rateQuantity) || formatRange(rateRange) || formatRatio(rateRatio);
  return [dose, rate].filter(Boolean).join(', ');
};

const formatRatio = (ratio: Ratio | undefined): string =>
  [ratio?.numerator, ratio?.denominator].map(formatQuantity).filter(Boolean).join(' / ');

/** "3 × / 1 day". A code says all that the numbers say. */
const rhythmOf = (timing: Timing | undefined, language: string): string => {
  const {
    frequency = 1,
    frequencyMax,
    period,
    periodMax,
    periodUnit,
    count,
  } = timing?.repeat ?? {};
  if (timing?.code !== undefined) return formatConcept(timing.code);
  if (period === undefined || periodUnit === undefined)
    return count === undefined ? '' : `${String(count)} ×`;
  const least = periodMax === undefined ? '' : `${String(period)}–`;
  const every = inUnits(periodMax ?? period, periodUnit, language);
  const times = frequencyMax === undefined ? '' : `–${String(frequencyMax)}`;
  return `${String(frequency)}${times} × / ${least}${every}`;
};

const inUnits = (count: number, unit: keyof typeof units, language: string): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`, {
    ...{ style: 'unit', unit: units[unit], unitDisplay: 'long' },
  }).format(count);

/** "in the morning", "30 minutes before a meal", "08:00". */
const timesOf = (repeat: TimingRepeat | undefined, words: Words): readonly string[] => {
  const { offset, when = [], timeOfDay = [], dayOfWeek = [] } = repeat ?? {};
  const ahead = offset === undefined ? '' : `${inUnits(offset, 'min', words.language)} `;
  return [
    ...dayOfWeek.map((day) => words.say(`day.${day}`)),
    ...when.map((code) => `${ahead}${words.say(`when.${code.replace('.', '-')}`)}`),
    ...timeOfDay.map((time) => time.slice(0, 5)),
  ];
};

/** "for 30 days" */
const lastsOf = (repeat: TimingRepeat | undefined, { say, language }: Words): string => {
  const { boundsDuration, boundsRange, boundsPeriod } = repeat ?? {};
  const time = formatQuantity(boundsDuration) || formatRange(boundsRange);
  if (time !== '') return say('for', { time });
  const { end } = boundsPeriod ?? {};
  return end === undefined ? '' : say('until', { date: formatDate(end, language) });
};

const mostOf = ({ maxDosePerPeriod, maxDosePerAdministration }: Dosage, { say }: Words): string => {
  const amounts = [formatQuantity(maxDosePerAdministration), formatRatio(maxDosePerPeriod)];
  return amounts
    .filter(Boolean)
    .map((amount) => say('most', { amount }))
    .join(', ');
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
