// Vitals: what is measured at a visit, with its code, its unit and what a living person can have.
// https://hl7.org/fhir/R4/observation-vitalsigns.html

import type { CodeableConcept, Observation, ObservationComponent, Quantity } from 'fhir/r4';
import { numberOf } from '../prescribe/line.ts';

export interface Vital {
  readonly name: VitalName;
  readonly code: string;
  readonly display: string;
  /** UCUM. */
  readonly unit: string;
  /** As it is written. */
  readonly shown: string;
  /** What is beyond is a slip of the pen. */
  readonly least: number;
  readonly most: number;
}

export type VitalName =
  'systolic' | 'diastolic' | 'pulse' | 'temperature' | 'breaths' | 'oxygen' | 'weight' | 'height';

const vital = (
  name: VitalName,
  [code, display]: readonly [string, string],
  [unit, shown]: readonly [string, string],
  [least, most]: readonly [number, number],
): Vital => ({ name, code, display, unit, shown, least, most });

export const vitals: readonly Vital[] = [
  vital('systolic', ['8480-6', 'Systolic blood pressure'], ['mm[Hg]', 'mmHg'], [50, 300]),
  vital('diastolic', ['8462-4', 'Diastolic blood pressure'], ['mm[Hg]', 'mmHg'], [20, 200]),
  vital('pulse', ['8867-4', 'Heart rate'], ['/min', '/min'], [20, 300]),
  vital('temperature', ['8310-5', 'Body temperature'], ['Cel', '°C'], [25, 45]),
  vital('breaths', ['9279-1', 'Respiratory rate'], ['/min', '/min'], [3, 120]),
  vital('oxygen', ['2708-6', 'Oxygen saturation in Arterial blood'], ['%', '%'], [30, 100]),
  vital('weight', ['29463-7', 'Body weight'], ['kg', 'kg'], [0.2, 500]),
  vital('height', ['8302-2', 'Body height'], ['cm', 'cm'], [20, 260]),
];

export type Measured = Readonly<Record<VitalName, string>>;

export const nothingMeasured: Measured = {
  ...{ systolic: '', diastolic: '', pulse: '', temperature: '', breaths: '' },
  ...{ oxygen: '', weight: '', height: '' },
};

/** Names of what cannot be: no number, beyond what can live, half a blood pressure. */
export const impossible = (measured: Measured): readonly VitalName[] => [
  ...vitals
    .filter(({ name }) => measured[name].trim() !== '')
    .filter(({ name, least, most }) => {
      const value = numberOf(measured[name]);
      return !(value >= least && value <= most);
    })
    .map(({ name }) => name),
  ...halfPressure(measured),
];

const halfPressure = ({ systolic, diastolic }: Measured): readonly VitalName[] => {
  const [upper, lower] = [numberOf(systolic), numberOf(diastolic)];
  if (systolic.trim() === '' && diastolic.trim() !== '') return ['systolic'];
  if (diastolic.trim() === '' && systolic.trim() !== '') return ['diastolic'];
  return upper <= lower ? ['diastolic'] : [];
};

type Rest = Pick<Observation, 'subject' | 'encounter' | 'effectiveDateTime' | 'performer'>;

/** A blood pressure is one Observation of two components. */
export const observationsOf = (measured: Measured, rest: Rest): readonly Observation[] => {
  const isThere = ({ name }: Vital): boolean => measured[name].trim() !== '';
  const pressure = vitals.filter(({ name }) => pressures.has(name)).filter(isThere);
  const others = vitals.filter(({ name }) => !pressures.has(name)).filter(isThere);
  return [
    ...(pressure.length === 0
      ? []
      : [
          {
            ...observation(
              loinc('85354-9', 'Blood pressure panel with all children optional'),
              rest,
            ),
            component: pressure.map((each): ObservationComponent => ({
              code: loinc(each.code, each.display),
              valueQuantity: quantityOf(each, measured),
            })),
          },
        ]),
    ...others.map((each) => ({
      ...observation(loinc(each.code, each.display), rest),
      valueQuantity: quantityOf(each, measured),
    })),
  ];
};

const pressures: ReadonlySet<VitalName> = new Set(['systolic', 'diastolic']);

const observation = (code: CodeableConcept, rest: Rest): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [vitalSigns] }],
  ...{ code, ...rest },
});

const vitalSigns = {
  system: 'http://terminology.hl7.org/CodeSystem/observation-category',
  ...{ code: 'vital-signs', display: 'Vital Signs' },
};

const loinc = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: 'http://loinc.org', code, display }],
  text: display,
});

const quantityOf = ({ name, unit, shown }: Vital, measured: Measured): Quantity => ({
  ...{ value: numberOf(measured[name]), unit: shown },
  ...{ system: 'http://unitsofmeasure.org', code: unit },
});
