// Sections: the parts of the record that are read by themselves, and under which code a person adds to each in their own words.
// https://loinc.org/

import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import type { Coding } from 'fhir/r4';

/** What was entered by mistake, or found not to be so, is no part of the record; what is over is, and says so. */
const isSo = { 'verification-status:not': 'entered-in-error,refuted' };

export const sections = {
  conditions: {
    ...{ type: 'Condition', sort: '-recorded-date', only: isSo },
    code: { code: '11450-4', display: 'Problem list - Reported' },
  },
  allergies: {
    ...{ type: 'AllergyIntolerance', sort: '-date', only: isSo },
    code: { code: '48765-2', display: 'Allergies and adverse reactions Document' },
  },
  immunizations: {
    ...{ type: 'Immunization', sort: '-date', only: { 'status:not': 'entered-in-error' } },
    code: { code: '11369-6', display: 'History of Immunization note' },
  },
} as const satisfies Readonly<Record<string, Section>>;

export interface Section {
  readonly type: 'Condition' | 'AllergyIntolerance' | 'Immunization';
  readonly sort: string;
  /** Which of the type are read. */
  readonly only: SearchParameters;
  readonly code: Coding;
}

export type SectionName = keyof typeof sections;
