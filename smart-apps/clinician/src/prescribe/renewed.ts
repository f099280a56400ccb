// Renewed: an earlier prescription as the beginning of a new one. What the form has no field for stays in the words to the patient.

import type { Dosage, FhirResource, MedicationRequest } from 'fhir/r4';
import { formatConcept, hasCode } from '@meridian/ui/format/coded.ts';
import { routeCodes, routes, type Route } from '@meridian/ui/record/dosage/routes.ts';
import { doseUnits, unitCodes } from '@meridian/ui/record/dosage/units.ts';
import { medicineOf } from '@meridian/ui/record/medicine.ts';
import { sentenceOf, whenCodes, type LineWords } from './dosage.ts';
import {
  emptyLine,
  meals,
  numberOf,
  parts,
  rhythms,
  spans,
  type Line,
  type Meal,
  type Part,
} from './line.ts';
import { hasOnlyKnown } from './known-members.ts';

/**
 * The key is given when it is sent. `included` holds the Medication it names; `words` are those of the page: what they would not
 * have said so is kept as it stands.
 */
export const renewedLine = (
  request: MedicationRequest,
  included: readonly FhirResource[],
  words: LineWords,
): Omit<Line, 'key'> => {
  const { id, dosageInstruction = [], dispenseRequest } = request;
  const medicine = medicineOf(request, included);
  const coding = medicine?.coding?.[0];
  const repeats = dispenseRequest?.numberOfRepeatsAllowed;
  const line = {
    ...emptyLine,
    medicine: { text: formatConcept(medicine), ...(coding === undefined ? {} : { coding }) },
    ...durationOf(request),
    route: routeOf(dosageInstruction),
    ...(repeats === undefined ? {} : { repeats: String(Math.min(repeats, 12)) }),
    ...(id === undefined ? {} : { renews: id }),
  };
  return { ...line, ...dosageOf(dosageInstruction, line, words) };
};

type Fields = Partial<Omit<Line, 'key'>>;

/** By the choices of the form where they say all of it, else in the words of the earlier one. */
const dosageOf = (
  dosages: readonly Dosage[],
  line: Omit<Line, 'key'>,
  words: LineWords,
): Fields => {
  const [dosage] = dosages;
  const fields =
    dosages.length === 1 && dosage !== undefined && isPlain(dosage, line)
      ? fieldsOf(dosage, words)
      : undefined;
  const isWhole = (found: Fields): boolean =>
    dosage?.text === undefined || dosage.text === sentenceOf({ ...line, ...found, key: '' }, words);
  return fields !== undefined && isWhole(fields) ? fields : inWords(dosages);
};

/** It has no member the form has no field for, its route is known, and it lasts as long as the line does. */
const isPlain = (dosage: Dosage, { route, duration, span }: Omit<Line, 'key'>): boolean => {
  const bounds = dosage.timing?.repeat?.boundsDuration;
  return (
    hasOnlyKnown(dosage) &&
    (dosage.route === undefined || route !== '') &&
    (bounds === undefined || (String(bounds.value) === duration && bounds.code === span))
  );
};

/** undefined for what the choices do not have. */
const fieldsOf = (dosage: Dosage, words: LineWords): Fields | undefined => {
  const { doseAndRate, asNeededBoolean, asNeededCodeableConcept } = dosage;
  const quantity = doseAndRate?.[0]?.doseQuantity;
  const dose = String(quantity?.value);
  const rhythm = rhythmOf(dosage, dose);
  const unit = doseUnits.find(
    (each) => unitCodes[each] === quantity?.code || each === quantity?.unit,
  );
  const meal = mealOf(dosage, words);
  if (rhythm === undefined || unit === undefined || meal === undefined) return undefined;
  if (Number.isNaN(numberOf(dose))) return undefined;
  return {
    ...{ ...rhythm, unit, dose, meal },
    isAsNeeded: asNeededBoolean === true || asNeededCodeableConcept !== undefined,
    neededFor: formatConcept(asNeededCodeableConcept),
    instruction: dosage.patientInstruction ?? '',
  };
};

/** undefined where something else is said beside the dose. */
const mealOf = ({ additionalInstruction = [] }: Dosage, { t }: LineWords): Meal | undefined => {
  const [said, ...others] = additionalInstruction;
  if (said === undefined) return 'any';
  if (others.length > 0) return undefined;
  return meals
    .filter((meal) => meal !== 'any')
    .find((meal) => said.text === t(`said.meal.${meal}`));
};

/** The prescriber writes it anew where a part of it has no words: what is left would pass for all of it. */
const inWords = (dosages: readonly Dosage[]): Fields => {
  const words = dosages.map(wordsOf);
  return { rhythm: 'free', instruction: words.includes('') ? '' : words.join('; ') };
};

/** An instruction to the patient never stands for the dose: it follows it. */
const wordsOf = ({ text = '', patientInstruction = '', doseAndRate, timing }: Dosage): string => {
  if (text === '')
    return doseAndRate === undefined && timing === undefined ? patientInstruction : '';
  return text.includes(patientInstruction) ? text : `${text}, ${patientInstruction}`;
};

/** '' where none is known: none is invented. */
const routeOf = (dosages: readonly Dosage[]): Route | '' => {
  const [route = '', ...others] = new Set(
    dosages.map((dosage) =>
      routes.find((each) => hasCode(dosage.route, undefined, routeCodes[each].code)),
    ),
  );
  return others.length === 0 ? route : '';
};

const rhythmOf = ({ timing }: Dosage, dose: string): Fields | undefined => {
  const { when, frequency = when?.length ?? 1, period, periodUnit } = timing?.repeat ?? {};
  if (period === undefined) return undefined;
  if (periodUnit === 'h' && frequency === 1 && when === undefined)
    return { rhythm: 'hours', hours: String(period) };
  if (period !== 1) return undefined;
  if (when !== undefined)
    return periodUnit === 'd' && frequency === when.length ? partsOf(when, dose) : undefined;
  if (periodUnit === 'wk') return frequency === 1 ? { rhythm: 'weekly' } : undefined;
  const rhythm = rhythms.find((each) => each === `daily-${String(frequency)}`);
  return periodUnit === 'd' && rhythm !== undefined ? { rhythm } : undefined;
};

const partsOf = (when: readonly string[], dose: string): Fields | undefined => {
  const known = parts.filter((part) => when.includes(whenCodes[part]));
  if (known.length !== when.length) return undefined;
  const at = (part: Part): string => (known.includes(part) ? dose : '0');
  return { rhythm: 'parts', morning: at('morning'), noon: at('noon'), night: at('night') };
};

/** As long as it is supplied and as it is taken, where both agree. */
const durationOf = ({ dispenseRequest, dosageInstruction = [] }: MedicationRequest): Fields => {
  const said = [
    dispenseRequest?.expectedSupplyDuration,
    ...dosageInstruction.map(({ timing }) => timing?.repeat?.boundsDuration),
  ].filter((each) => each !== undefined);
  const [first, ...others] = said;
  const span = spans.find((each) => each === first?.code);
  if (first?.value === undefined || span === undefined) return {};
  return others.every(({ value, code }) => value === first.value && code === span)
    ? { duration: String(first.value), span }
    : {};
};
