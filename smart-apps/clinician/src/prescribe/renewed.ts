// Renewed: an earlier prescription as the beginning of a new one. What the form has no field for stays in the words to the patient.

import type { Dosage, MedicationRequest } from 'fhir/r4';
import { hasCode } from '@meridian/ui/format/coded.ts';
import { nameOfMedicine } from '../chart/dosage.ts';
import { routeCodes, unitCodes, whenCodes } from './dosage.ts';
import {
  emptyLine,
  meals,
  parts,
  routes,
  spans,
  units,
  type Line,
  type Meal,
  type Part,
  type Rhythm,
} from './line.ts';
import { sentenceOf, type Say } from './sentence.ts';

/** The key is given when it is sent. `say` is that of the page: words it would not have made are kept as they stand. */
export const renewedLine = (request: MedicationRequest, say: Say): Omit<Line, 'key'> => {
  const { id, dosageInstruction = [], dispenseRequest } = request;
  const coding = request.medicationCodeableConcept?.coding?.[0];
  const repeats = dispenseRequest?.numberOfRepeatsAllowed;
  const line = {
    ...emptyLine,
    medicine: { text: nameOfMedicine(request), ...(coding === undefined ? {} : { coding }) },
    ...durationOf(request),
    ...(repeats === undefined ? {} : { repeats: String(Math.min(repeats, 12)) }),
    ...(id === undefined ? {} : { renews: id }),
  };
  return { ...line, ...dosageOf(dosageInstruction, line, say) };
};

type Fields = Partial<Omit<Line, 'key'>>;

/** By the choices of the form where they say all of it, else in the words of the earlier one. */
const dosageOf = (dosages: readonly Dosage[], line: Omit<Line, 'key'>, say: Say): Fields => {
  const [dosage] = dosages;
  const fields = dosages.length === 1 && dosage !== undefined ? fieldsOf(dosage, say) : undefined;
  const isWhole = (found: Fields): boolean =>
    dosage?.text === undefined || dosage.text === sentenceOf({ ...line, ...found, key: '' }, say);
  return fields !== undefined && isWhole(fields) ? fields : inWords(dosages);
};

/** undefined for what the choices do not have. */
const fieldsOf = (dosage: Dosage, say: Say): Fields | undefined => {
  const { doseAndRate, route, asNeededBoolean, asNeededCodeableConcept } = dosage;
  const quantity = doseAndRate?.[0]?.doseQuantity;
  const rhythm = rhythmOf(dosage, String(quantity?.value));
  const unit = units.find((each) => unitCodes[each] === quantity?.code || each === quantity?.unit);
  if (rhythm === undefined || unit === undefined || quantity?.value === undefined) return undefined;
  const way = routes.find((each) => hasCode(route, undefined, routeCodes[each].code));
  return {
    ...{ ...rhythm, unit, dose: String(quantity.value), meal: mealOf(dosage, say) },
    ...(way === undefined ? {} : { route: way }),
    isAsNeeded: asNeededBoolean === true || asNeededCodeableConcept !== undefined,
    neededFor: asNeededCodeableConcept?.text ?? '',
    instruction: dosage.patientInstruction ?? '',
  };
};

const mealOf = ({ additionalInstruction = [] }: Dosage, say: Say): Meal =>
  meals
    .filter((meal) => meal !== 'any')
    .find((meal) => additionalInstruction[0]?.text === say(`said.meal.${meal}`)) ?? 'any';

const inWords = (dosages: readonly Dosage[]): Fields => ({
  rhythm: 'free',
  instruction: dosages
    .flatMap(({ text, patientInstruction }) => text ?? patientInstruction ?? [])
    .join('; '),
});

const rhythmOf = ({ timing }: Dosage, dose: string): Fields | undefined => {
  const { frequency = 1, period, periodUnit, when, timeOfDay } = timing?.repeat ?? {};
  if (timeOfDay !== undefined || period === undefined) return undefined;
  if (periodUnit === 'h' && frequency === 1) return { rhythm: 'hours', hours: String(period) };
  if (period !== 1) return undefined;
  if (when !== undefined) return periodUnit === 'd' ? partsOf(when, dose) : undefined;
  if (periodUnit === 'wk') return frequency === 1 ? { rhythm: 'weekly' } : undefined;
  return periodUnit === 'd' && frequency <= 4
    ? { rhythm: `daily-${String(frequency)}` as Rhythm }
    : undefined;
};

const partsOf = (when: readonly string[], dose: string): Fields | undefined => {
  const known = parts.filter((part) => when.includes(whenCodes[part]));
  if (known.length !== when.length) return undefined;
  const at = (part: Part): string => (known.includes(part) ? dose : '0');
  return { rhythm: 'parts', morning: at('morning'), noon: at('noon'), night: at('night') };
};

const durationOf = ({ dispenseRequest }: MedicationRequest): Fields => {
  const { value, code } = dispenseRequest?.expectedSupplyDuration ?? {};
  const span = spans.find((each) => each === code);
  return value === undefined || span === undefined ? {} : { duration: String(value), span };
};
