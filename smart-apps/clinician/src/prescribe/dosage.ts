// Dosage: what was typed of a medicine, as FHIR says it. https://hl7.org/fhir/R4/dosage.html

import type { CodeableConcept, Dosage, Quantity, TimingRepeat } from 'fhir/r4';
import { hasCode } from '@meridian/ui/format/coded.ts';
import { dosageLines } from '@meridian/ui/record/dosage/lines.ts';
import { routeCodes, type Route } from '@meridian/ui/record/dosage/routes.ts';
import { unitCodes, type DoseUnit } from '@meridian/ui/record/dosage/units.ts';
import type { DosageWords } from '@meridian/ui/record/dosage/words.ts';
import { dosesOf, numberOf, type Line, type Part, type Rhythm } from './line.ts';

/** In the language of the page. */
export interface LineWords {
  readonly dosage: DosageWords;
  /** Texts of the namespace `prescribe`. */
  readonly t: DosageWords['t'];
}

/** One for each dose of the day where they differ; each with its words, as the prescriber has read them. */
export const dosagesOf = (line: Line, words: LineWords): Dosage[] =>
  codedOf(line, words).map((dosage) => {
    const text = dosageLines([spoken(dosage)], words.dosage).join('; ');
    return text === '' ? dosage : { text, ...dosage };
  });

/** As the patient reads it: "1 tablet, twice a day, after food, for 5 days". What is no number yet is left out. */
export const sentenceOf = (line: Line, words: LineWords): string =>
  dosageLines(codedOf(line, words).map(spoken), words.dosage).join('; ');

/** By mouth is how medicines are taken: said with each, it would hide those that are taken otherwise. */
const spoken = (dosage: Dosage): Dosage => {
  const { route, ...others } = dosage;
  return hasCode(route, undefined, routeCodes.oral.code) ? others : dosage;
};

const codedOf = (line: Line, words: LineWords): readonly Dosage[] => {
  const doses = line.rhythm === 'parts' ? dosesOf(line) : [];
  if (new Set(doses.map(([, dose]) => dose)).size > 1)
    // The same number: all of them hold every day.
    return doses.map(([part, dose]) => ({
      sequence: 1,
      ...dosageOf(line, words, { dose, when: [part] }),
    }));
  const dose = isCounted(line) ? numberOf(line.dose) : (doses[0]?.[1] ?? Number.NaN);
  return [dosageOf(line, words, { dose, when: doses.map(([part]) => part) })];
};

const isCounted = ({ rhythm }: Line): boolean => rhythm !== 'parts' && rhythm !== 'free';

const dosageOf = (
  line: Line,
  { t, dosage }: LineWords,
  { dose, when }: { readonly dose: number; readonly when: readonly Part[] },
): Dosage => ({
  ...(line.meal === 'any'
    ? {}
    : { additionalInstruction: [{ text: t(`said.meal.${line.meal}`) }] }),
  ...(line.instruction.trim() === '' ? {} : { patientInstruction: line.instruction.trim() }),
  ...timingOf(line, when),
  ...asNeededOf(line),
  ...(line.route === ''
    ? {}
    : { route: routeConcept(line.route, dosage.t(`dosage.route.${line.route}`)) }),
  ...(Number.isNaN(dose)
    ? {}
    : {
        doseAndRate: [
          {
            type: { coding: [{ system: doseType, code: 'ordered', display: 'Ordered' }] },
            doseQuantity: doseQuantity(dose, line.unit, t),
          },
        ],
      }),
});

const doseType = 'http://terminology.hl7.org/CodeSystem/dose-rate-type';
const ucum = 'http://unitsofmeasure.org';

const timingOf = (line: Line, when: readonly Part[]): Pick<Dosage, 'timing'> => {
  const repeat: TimingRepeat = {
    ...boundsOf(line),
    ...rhythmRepeats[line.rhythm],
    ...(line.rhythm === 'hours' ? everyHours(numberOf(line.hours)) : {}),
    ...(when.length === 0 ? {} : partsOfDay(when)),
  };
  return Object.keys(repeat).length === 0 ? {} : { timing: { repeat } };
};

const everyHours = (period: number): TimingRepeat =>
  Number.isNaN(period) ? {} : { frequency: 1, period, periodUnit: 'h' };

const partsOfDay = (when: readonly Part[]): TimingRepeat => ({
  ...{ frequency: when.length, period: 1, periodUnit: 'd' },
  when: when.map((part) => whenCodes[part]),
});

const rhythmRepeats: Readonly<Partial<Record<Rhythm, TimingRepeat>>> = {
  'daily-1': { frequency: 1, period: 1, periodUnit: 'd' },
  'daily-2': { frequency: 2, period: 1, periodUnit: 'd' },
  'daily-3': { frequency: 3, period: 1, periodUnit: 'd' },
  'daily-4': { frequency: 4, period: 1, periodUnit: 'd' },
  weekly: { frequency: 1, period: 1, periodUnit: 'wk' },
  single: { count: 1 },
};

/** https://hl7.org/fhir/R4/valueset-event-timing.html */
export const whenCodes: Readonly<Record<Part, 'MORN' | 'NOON' | 'NIGHT'>> = {
  ...{ morning: 'MORN', noon: 'NOON', night: 'NIGHT' },
};

const boundsOf = ({ duration, span }: Line): TimingRepeat => {
  const value = numberOf(duration);
  return Number.isNaN(value) ? {} : { boundsDuration: durationOf(value, span) };
};

export const durationOf = (value: number, span: Line['span']): Quantity => ({
  ...{ value, unit: spanNames[span], system: ucum, code: span },
});

const spanNames = { d: 'days', wk: 'weeks', mo: 'months' } as const;

const asNeededOf = ({ isAsNeeded, neededFor }: Line): Partial<Dosage> => {
  if (!isAsNeeded) return {};
  return neededFor.trim() === ''
    ? { asNeededBoolean: true }
    : { asNeededCodeableConcept: { text: neededFor.trim() } };
};

export const doseQuantity = (value: number, unit: DoseUnit, t: LineWords['t']): Quantity => ({
  ...{ value, unit: t(`unit.${unit}`), system: ucum, code: unitCodes[unit] },
});

const routeConcept = (route: Route, text: string): CodeableConcept => ({
  coding: [{ system: 'http://snomed.info/sct', ...routeCodes[route] }],
  text,
});
