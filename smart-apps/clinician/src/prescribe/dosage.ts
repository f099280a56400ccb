// Dosage: what was typed of a medicine, as FHIR says it. https://hl7.org/fhir/R4/dosage.html

import type { CodeableConcept, Dosage, Quantity, TimingRepeat } from 'fhir/r4';
import {
  dosesOf,
  numberOf,
  type Line,
  type Part,
  type Rhythm,
  type Route,
  type Unit,
} from './line.ts';

export interface DosageWords {
  /** In words, as the prescriber has read it. */
  readonly sentenceOf: (line: Line) => string;
  /** "after food"; '' where it does not matter. */
  readonly meal: string;
  /** '' where none is said. */
  readonly route: string;
  readonly unit: string;
}

/** One for each dose of the day where they differ. */
export const dosagesOf = (line: Line, words: DosageWords): Dosage[] => {
  const doses = line.rhythm === 'parts' ? dosesOf(line) : [];
  if (new Set(doses.map(([, dose]) => dose)).size > 1)
    return doses.map(([part], index) => ({
      sequence: index + 1,
      ...dosagesOf({ ...line, ...nothing, [part]: line[part] }, words)[0],
    }));
  const dose = doses[0]?.[1] ?? (line.rhythm === 'free' ? Number.NaN : numberOf(line.dose));
  const when = doses.map(([part]) => part);
  return [{ text: words.sentenceOf(line), ...dosageOf(line, words, { dose, when }) }];
};

const nothing = { morning: '0', noon: '0', night: '0' };

const dosageOf = (
  line: Line,
  words: DosageWords,
  { dose, when }: { readonly dose: number; readonly when: readonly Part[] },
): Omit<Dosage, 'text'> => ({
  ...(words.meal === '' ? {} : { additionalInstruction: [{ text: words.meal }] }),
  ...(line.instruction.trim() === '' ? {} : { patientInstruction: line.instruction.trim() }),
  ...timingOf(line, when),
  ...asNeededOf(line),
  ...(line.route === '' ? {} : { route: routeConcept(line.route, words.route) }),
  ...(Number.isNaN(dose)
    ? {}
    : {
        doseAndRate: [
          {
            type: { coding: [{ system: doseType, code: 'ordered', display: 'Ordered' }] },
            doseQuantity: doseQuantity(dose, line.unit, words.unit),
          },
        ],
      }),
});

const doseType = 'http://terminology.hl7.org/CodeSystem/dose-rate-type';
const ucum = 'http://unitsofmeasure.org';

const timingOf = (line: Line, when: readonly Part[]): Pick<Dosage, 'timing'> => {
  const repeat: TimingRepeat = {
    ...boundsOf(line),
    ...(line.rhythm === 'hours'
      ? { frequency: 1, period: numberOf(line.hours), periodUnit: 'h' as const }
      : rhythmRepeats[line.rhythm]),
    ...(line.rhythm === 'parts'
      ? {
          ...{ frequency: when.length, period: 1, periodUnit: 'd' as const },
          when: when.map((part) => whenCodes[part]),
        }
      : {}),
  };
  return Object.keys(repeat).length === 0 ? {} : { timing: { repeat } };
};

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

export const doseQuantity = (value: number, unit: Unit, name: string): Quantity => ({
  ...{ value, unit: name, system: ucum, code: unitCodes[unit] },
});

/** UCUM: what is counted is an annotation. */
export const unitCodes: Readonly<Record<Unit, string>> = {
  ...{ tablet: '{tablet}', capsule: '{capsule}', mL: 'mL', mg: 'mg', drop: '[drp]' },
  ...{ puff: '{puff}', unit: '[iU]', sachet: '{sachet}', application: '{application}' },
  ...{ suppository: '{suppository}', ampoule: '{ampoule}', patch: '{patch}' },
};

const routeConcept = (route: Route, text: string): CodeableConcept => ({
  coding: [{ system: 'http://snomed.info/sct', ...routeCodes[route] }],
  text,
});

/** https://hl7.org/fhir/R4/valueset-route-codes.html */
export const routeCodes: Readonly<Record<Route, { code: string; display: string }>> = {
  oral: { code: '26643006', display: 'Oral route' },
  sublingual: { code: '37839007', display: 'Sublingual route' },
  inhaled: { code: '447694001', display: 'Respiratory tract route' },
  nasal: { code: '46713006', display: 'Nasal route' },
  eye: { code: '54485002', display: 'Ophthalmic route' },
  ear: { code: '10547007', display: 'Otic route' },
  skin: { code: '6064005', display: 'Topical route' },
  rectal: { code: '37161004', display: 'Per rectum' },
  vaginal: { code: '16857009', display: 'Per vagina' },
  intravenous: { code: '47625008', display: 'Intravenous route' },
  intramuscular: { code: '78421000', display: 'Intramuscular route' },
  subcutaneous: { code: '34206005', display: 'Subcutaneous route' },
};
