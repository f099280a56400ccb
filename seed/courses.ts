// Courses: illnesses as they go: whom they meet, what is measured from the first visit to the last, and what is taken for them.

import type { Coding } from 'fhir/r4.js';
import { coding, hl7 } from './concepts.ts';
import type { MeasureName } from './measures.ts';

export interface Course {
  readonly condition: Coding;
  readonly complaint: string;
  /** Ages it meets, both included. */
  readonly ages: readonly [number, number];
  readonly gender?: 'female' | 'male';
  /** Weeks between visits, and how many visits at most; one of a single visit is over. */
  readonly every: number;
  readonly visits: number;
  /** From the value at the first visit to that of the last. */
  readonly trends: readonly (readonly [MeasureName, from: number, to: number])[];
  readonly medicines: readonly Medicine[];
  readonly advice: string;
  /** Labels of what not everybody may see whom the record is shared with. */
  readonly security?: readonly Coding[];
}

export interface Medicine {
  readonly drug: Coding;
  /** As it is printed: `Metformin 500 mg tablet`. */
  readonly text: string;
  readonly dose: readonly [number, string];
  readonly timesADay: number;
  readonly instruction: string;
  /** Of one supply. */
  readonly days: number;
  readonly repeats: number;
}

const medicine = (
  [code, display, text]: readonly [string, string, string],
  dose: Medicine['dose'],
  [timesADay, instruction]: readonly [number, string],
  [days, repeats]: readonly [number, number],
): Medicine => ({
  drug: coding('rxnorm', code, display),
  ...{ text, dose, timesADay, instruction, days, repeats },
});

const icd = (code: string, display: string): Coding => coding('icd', code, display);
const tablet = [1, 'tablet'] as const;
const capsule = [1, 'capsule'] as const;

export const courses: readonly Course[] = [
  {
    condition: icd('E11.9', 'Type 2 diabetes mellitus without complications'),
    ...{ complaint: 'Thirst and tiredness for two months', ages: [32, 90], every: 13, visits: 6 },
    trends: [
      ['hba1c', 9.1, 6.8],
      ['glucose', 188, 112],
    ],
    medicines: [
      medicine(
        ['6809', 'metformin', 'Metformin 500 mg tablet'],
        tablet,
        ...([
          [2, '1 tablet twice a day with food'],
          [90, 3],
        ] as const),
      ),
    ],
    advice:
      'Walk half an hour a day, eat fewer sweets and less white rice; eyes and feet once a year.',
  },
  {
    condition: icd('I10', 'Essential (primary) hypertension'),
    ...{ complaint: 'High reading at a health camp', ages: [35, 95], every: 12, visits: 6 },
    trends: [['creatinine', 0.9, 0.9]],
    medicines: [
      medicine(
        ['17767', 'amlodipine', 'Amlodipine 5 mg tablet'],
        tablet,
        ...([
          [1, '1 tablet in the morning'],
          [90, 3],
        ] as const),
      ),
      medicine(
        ['73494', 'telmisartan', 'Telmisartan 40 mg tablet'],
        tablet,
        ...([
          [1, '1 tablet at night'],
          [90, 3],
        ] as const),
      ),
    ],
    advice: 'Less salt, pickles and papad; measure at home twice a week and bring the readings.',
  },
  {
    condition: icd('E78.5', 'Hyperlipidemia, unspecified'),
    ...{ complaint: 'Raised cholesterol in a check-up', ages: [38, 85], every: 20, visits: 4 },
    trends: [
      ['ldl', 168, 92],
      ['triglycerides', 230, 145],
    ],
    medicines: [
      medicine(
        ['83367', 'atorvastatin', 'Atorvastatin 10 mg tablet'],
        tablet,
        ...([
          [1, '1 tablet at bedtime'],
          [90, 3],
        ] as const),
      ),
    ],
    advice: 'Less fried food; come earlier when muscles ache.',
  },
  {
    condition: icd('E03.9', 'Hypothyroidism, unspecified'),
    ...{ complaint: 'Tired, and gaining weight', ages: [20, 80], every: 10, visits: 5 },
    trends: [['tsh', 11.4, 3.1]],
    medicines: [
      medicine(
        ['10582', 'levothyroxine', 'Levothyroxine 50 micrograms tablet'],
        tablet,
        ...([
          [1, '1 tablet on an empty stomach, half an hour before tea'],
          [90, 3],
        ] as const),
      ),
    ],
    advice: 'The tablet by itself with water; TSH again in ten weeks.',
  },
  {
    condition: icd('D50.9', 'Iron deficiency anemia, unspecified'),
    ...{ complaint: 'Pale and short of breath on stairs', ages: [12, 50], gender: 'female' },
    ...{ every: 6, visits: 4 },
    trends: [
      ['hemoglobin', 8.6, 12.4],
      ['ferritin', 6, 38],
    ],
    medicines: [
      medicine(
        ['24947', 'ferrous sulfate', 'Ferrous sulfate 200 mg tablet'],
        tablet,
        ...([
          [1, '1 tablet a day before food, with lime water'],
          [30, 3],
        ] as const),
      ),
    ],
    advice: 'Greens, dates and jaggery; no tea within an hour of the tablet.',
  },
  {
    condition: icd('J45.20', 'Mild intermittent asthma, uncomplicated'),
    ...{ complaint: 'Wheeze at night and with colds', ages: [3, 60], every: 16, visits: 4 },
    trends: [['oxygen', 94, 98]],
    medicines: [
      medicine(
        ['435', 'albuterol', 'Salbutamol 100 micrograms inhaler'],
        [2, 'puff'],
        ...([
          [2, '2 puffs when wheezing, with a spacer'],
          [60, 2],
        ] as const),
      ),
      medicine(
        ['19831', 'budesonide', 'Budesonide 200 micrograms inhaler'],
        [1, 'puff'],
        ...([
          [2, '1 puff morning and night; rinse the mouth'],
          [60, 2],
        ] as const),
      ),
    ],
    advice: 'Away from incense and dust; the plan for attacks was explained.',
  },
  {
    condition: icd('E55.9', 'Vitamin D deficiency, unspecified'),
    ...{ complaint: 'Aches in back and legs', ages: [15, 80], every: 12, visits: 2 },
    trends: [['vitaminD', 11, 34]],
    medicines: [
      medicine(
        ['2418', 'cholecalciferol', 'Cholecalciferol 60,000 IU capsule'],
        capsule,
        ...([
          [1, '1 capsule once a week with milk, for eight weeks'],
          [56, 0],
        ] as const),
      ),
    ],
    advice: 'Morning sun for twenty minutes a day.',
  },
  {
    condition: icd('A90', 'Dengue fever [classical dengue]'),
    ...{
      complaint: 'Fever for four days, pain behind the eyes',
      ages: [5, 70],
      every: 1,
      visits: 1,
    },
    trends: [
      ['platelets', 92, 92],
      ['temperature', 39.2, 39.2],
    ],
    medicines: [
      medicine(
        ['161', 'acetaminophen', 'Paracetamol 500 mg tablet'],
        tablet,
        ...([
          [3, '1 tablet up to three times a day for fever'],
          [5, 0],
        ] as const),
      ),
    ],
    advice: 'Drink plenty; come at once with bleeding, belly pain or drowsiness.',
  },
  {
    condition: icd('F41.1', 'Generalized anxiety disorder'),
    ...{ complaint: 'Worry and poor sleep', ages: [18, 60], every: 6, visits: 3, trends: [] },
    medicines: [
      medicine(
        ['36437', 'sertraline', 'Sertraline 50 mg tablet'],
        tablet,
        ...([
          [1, '1 tablet in the morning'],
          [30, 5],
        ] as const),
      ),
    ],
    advice: 'Breathing exercises were shown; a counsellor was named.',
    security: [hl7('v3-Confidentiality', 'R'), hl7('v3-ActCode', 'PSY')],
  },
  {
    condition: icd('J06.9', 'Acute upper respiratory infection, unspecified'),
    ...{ complaint: 'Cough and runny nose for three days', ages: [0, 95], every: 1, visits: 1 },
    trends: [['temperature', 38.1, 38.1]],
    medicines: [],
    advice: 'Warm fluids and rest; no antibiotic is needed.',
  },
];
