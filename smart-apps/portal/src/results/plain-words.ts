// Plain words: the common tests that have a name and an explanation in plain words, in the texts `plain.…` of the namespace
// `results`. They say what a test measures, never what somebody has. Codes: https://loinc.org/

import type { Coding } from 'fhir/r4';

export const plainWord = (coding: Coding | undefined): string | undefined =>
  coding?.system === 'http://loinc.org' ? words[coding.code ?? ''] : undefined;

const words: Readonly<Record<string, string>> = {
  ...{ '4548-4': 'hba1c', '17856-6': 'hba1c', '59261-8': 'hba1c' },
  ...{ '1558-6': 'fasting-glucose', '1557-8': 'fasting-glucose' },
  ...{ '2345-7': 'glucose', '2339-0': 'glucose', '41653-7': 'glucose' },
  ...{ '2093-3': 'cholesterol', '14647-2': 'cholesterol' },
  ...{ '13457-7': 'ldl', '18262-6': 'ldl', '2089-1': 'ldl' },
  ...{ '2085-9': 'hdl', '2571-8': 'triglycerides' },
  ...{ '2160-0': 'creatinine', '38483-4': 'creatinine', '33914-3': 'egfr', '98979-8': 'egfr' },
  ...{ '3094-0': 'urea', '6299-2': 'urea' },
  ...{ '2951-2': 'sodium', '2947-0': 'sodium', '2823-3': 'potassium', '6298-4': 'potassium' },
  ...{ '17861-6': 'calcium', '49765-1': 'calcium' },
  ...{ '1742-6': 'alt', '1920-8': 'ast', '1975-2': 'bilirubin' },
  ...{ '718-7': 'hemoglobin', '6690-2': 'white-cells', '26464-8': 'white-cells' },
  ...{ '777-3': 'platelets', '26515-7': 'platelets' },
  ...{ '2276-4': 'ferritin', '3016-3': 'tsh', '11580-8': 'tsh' },
  ...{ '1989-3': 'vitamin-d', '62292-8': 'vitamin-d', '2132-9': 'vitamin-b12' },
  ...{ '1988-5': 'crp', '30522-7': 'crp', '3084-1': 'uric-acid' },
  ...{ '85354-9': 'blood-pressure', '55284-4': 'blood-pressure' },
  ...{ '8480-6': 'systolic', '8462-4': 'diastolic' },
  ...{ '29463-7': 'weight', '8302-2': 'height', '39156-5': 'bmi', '8867-4': 'pulse' },
  ...{ '8310-5': 'temperature', '2708-6': 'oxygen', '59408-5': 'oxygen', '9279-1': 'breathing' },
};

export const plainWords: readonly string[] = [...new Set(Object.values(words))];
