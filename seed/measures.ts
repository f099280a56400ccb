// Measures: what is measured of patients, with units, and with the range in which a value is usual.

import type { Coding } from 'fhir/r4.js';
import { coding } from './concepts.ts';

export interface Measure {
  readonly code: Coding;
  readonly kind: 'laboratory' | 'vital-signs';
  /** As people write it, and in UCUM. */
  readonly unit: string;
  readonly ucum: string;
  /** After the point. */
  readonly digits: number;
  readonly low?: number;
  readonly high?: number;
}

const lab = (
  [code, display]: readonly [string, string],
  [unit, ucum]: readonly [string, string],
  digits: number,
  usual: Pick<Measure, 'low' | 'high'>,
): Measure => ({
  code: coding('loinc', code, display),
  ...{ kind: 'laboratory', unit, ucum, digits },
  ...usual,
});

const vital = (
  code: readonly [string, string],
  unit: readonly [string, string],
  digits: number,
): Measure => ({ ...lab(code, unit, digits, {}), kind: 'vital-signs' });

const milligrams = ['mg/dL', 'mg/dL'] as const;

export const measures = {
  hba1c: lab(['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'], ['%', '%'], 1, { high: 5.7 }),
  glucose: lab(['1558-6', 'Fasting glucose [Mass/volume] in Serum or Plasma'], milligrams, 0, {
    ...{ low: 70, high: 100 },
  }),
  ldl: lab(
    ['13457-7', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation'],
    ...([milligrams, 0, { high: 100 }] as const),
  ),
  triglycerides: lab(['2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma'], milligrams, 0, {
    high: 150,
  }),
  creatinine: lab(['2160-0', 'Creatinine [Mass/volume] in Serum or Plasma'], milligrams, 2, {
    ...{ low: 0.6, high: 1.2 },
  }),
  tsh: lab(['3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma'], ['mIU/L', 'm[IU]/L'], 1, {
    ...{ low: 0.4, high: 4.5 },
  }),
  hemoglobin: lab(['718-7', 'Hemoglobin [Mass/volume] in Blood'], ['g/dL', 'g/dL'], 1, {
    ...{ low: 12, high: 16 },
  }),
  ferritin: lab(['2276-4', 'Ferritin [Mass/volume] in Serum or Plasma'], ['ng/mL', 'ng/mL'], 0, {
    ...{ low: 15, high: 150 },
  }),
  platelets: lab(
    ['777-3', 'Platelets [#/volume] in Blood by Automated count'],
    ...([['10³/µL', '10*3/uL'], 0, { low: 150, high: 410 }] as const),
  ),
  vitaminD: lab(
    ['1989-3', '25-hydroxyvitamin D3 [Mass/volume] in Serum or Plasma'],
    ...([['ng/mL', 'ng/mL'], 0, { low: 30, high: 100 }] as const),
  ),
  systolic: vital(['8480-6', 'Systolic blood pressure'], ['mmHg', 'mm[Hg]'], 0),
  diastolic: vital(['8462-4', 'Diastolic blood pressure'], ['mmHg', 'mm[Hg]'], 0),
  weight: vital(['29463-7', 'Body weight'], ['kg', 'kg'], 1),
  height: vital(['8302-2', 'Body height'], ['cm', 'cm'], 0),
  heartRate: vital(['8867-4', 'Heart rate'], ['beats/min', '/min'], 0),
  temperature: vital(['8310-5', 'Body temperature'], ['°C', 'Cel'], 1),
  oxygen: vital(['2708-6', 'Oxygen saturation in Arterial blood'], ...([['%', '%'], 0] as const)),
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof measures;
