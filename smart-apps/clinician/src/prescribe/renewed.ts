// Renewed: an earlier prescription as the beginning of a new one. What the form has no field for stays in the words to the patient.

import type { Dosage, MedicationRequest } from 'fhir/r4';
import { hasCode } from '@meridian/ui/format/coded.ts';
import { nameOfMedicine } from '../chart/dosage.ts';
import { routeCodes, unitCodes } from './dosage.ts';
import { newLine, routes, spans, units, type Line, type Rhythm } from './line.ts';

/** The key is given when it is first changed or sent. */
export const renewedLine = (request: MedicationRequest): Omit<Line, 'key'> => {
  const { id, dosageInstruction = [], dispenseRequest } = request;
  const { key: _, ...empty } = newLine('');
  const dosage = dosageInstruction.length === 1 ? dosageInstruction[0] : undefined;
  const coding = request.medicationCodeableConcept?.coding?.[0];
  const repeats = dispenseRequest?.numberOfRepeatsAllowed;
  return {
    ...empty,
    medicine: { text: nameOfMedicine(request), ...(coding === undefined ? {} : { coding }) },
    ...(dosage === undefined ? inWords(dosageInstruction) : fieldsOf(dosage)),
    ...durationOf(request),
    ...(repeats === undefined ? {} : { repeats: String(Math.min(repeats, 12)) }),
    ...(id === undefined ? {} : { renews: id }),
  };
};

type Fields = Partial<Line>;

const fieldsOf = (dosage: Dosage): Fields => {
  const { doseAndRate, route, asNeededBoolean, asNeededCodeableConcept } = dosage;
  const rhythm = rhythmOf(dosage);
  const quantity = doseAndRate?.[0]?.doseQuantity;
  const unit = units.find((each) => unitCodes[each] === quantity?.code || each === quantity?.unit);
  if (rhythm === undefined || unit === undefined || quantity?.value === undefined)
    return inWords([dosage]);
  const way = routes.find((each) => hasCode(route, undefined, routeCodes[each].code));
  return {
    ...{ ...rhythm, unit, dose: String(quantity.value) },
    ...(way === undefined ? {} : { route: way }),
    isAsNeeded: asNeededBoolean === true || asNeededCodeableConcept !== undefined,
    neededFor: asNeededCodeableConcept?.text ?? '',
    instruction: dosage.patientInstruction ?? '',
  };
};

const inWords = (dosages: readonly Dosage[]): Fields => ({
  rhythm: 'free',
  instruction: dosages
    .flatMap(({ text, patientInstruction }) => text ?? patientInstruction ?? [])
    .join('; '),
});

/** undefined for what the choices do not have, such as certain parts of the day. */
const rhythmOf = ({ timing }: Dosage): (Pick<Line, 'rhythm'> & Fields) | undefined => {
  const { frequency = 1, period, periodUnit, when, timeOfDay } = timing?.repeat ?? {};
  if (when !== undefined || timeOfDay !== undefined || period === undefined) return undefined;
  if (periodUnit === 'h' && frequency === 1) return { rhythm: 'hours', hours: String(period) };
  if (period !== 1) return undefined;
  if (periodUnit === 'wk') return frequency === 1 ? { rhythm: 'weekly' } : undefined;
  return periodUnit === 'd' && frequency <= 4
    ? { rhythm: `daily-${String(frequency)}` as Rhythm }
    : undefined;
};

const durationOf = ({ dispenseRequest }: MedicationRequest): Fields => {
  const { value, code } = dispenseRequest?.expectedSupplyDuration ?? {};
  const span = spans.find((each) => each === code);
  return value === undefined || span === undefined ? {} : { duration: String(value), span };
};
