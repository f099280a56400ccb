// Sections: the parts of the record that are read by themselves, and under which code a person adds to each in their own words.
// https://loinc.org/

import type { Coding } from 'fhir/r4';

export const sections = {
  conditions: {
    ...{ type: 'Condition', sort: '-recorded-date' },
    code: { code: '11450-4', display: 'Problem list - Reported' },
  },
  allergies: {
    ...{ type: 'AllergyIntolerance', sort: '-date' },
    code: { code: '48765-2', display: 'Allergies and adverse reactions Document' },
  },
  immunizations: {
    ...{ type: 'Immunization', sort: '-date' },
    code: { code: '11369-6', display: 'History of Immunization note' },
  },
} as const satisfies Readonly<Record<string, Section>>;

export interface Section {
  readonly type: 'Condition' | 'AllergyIntolerance' | 'Immunization';
  readonly sort: string;
  readonly code: Coding;
}

export type SectionName = keyof typeof sections;
