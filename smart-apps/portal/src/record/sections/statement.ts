// Statement: what a person says of their own health, as the Observation it becomes: nobody has examined it, and it says so by
// who made it. Conditions and allergies themselves are written by those who treat; a patient's are for them to read and take up.
// https://hl7.org/fhir/R4/observation.html

import type { Observation } from 'fhir/r4';
import { dayOf } from '../../sharing/days.ts';
import { sections, type SectionName } from './sections.ts';

export interface Statement {
  readonly what: string;
  /** A date, a month or a year; empty where it is not known. */
  readonly since: string;
  readonly note: string;
}

export const nothingStated: Statement = { what: '', since: '', note: '' };

export interface Stating {
  readonly section: SectionName;
  /** The id of the Patient. */
  readonly patient: string;
  /** Who says it: `Patient/1`, or `RelatedPerson/1` for somebody else. */
  readonly by: string;
  readonly at: Date;
}

export const observationOf = (
  { what, since, note }: Statement,
  { section, patient, by, at }: Stating,
): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  category: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          ...{ code: 'survey', display: 'Survey' },
        },
      ],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', ...sections[section].code }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: since === '' ? dayOf(at.getTime()) : since,
  issued: at.toISOString(),
  performer: [{ reference: by }],
  valueString: what.trim(),
  ...(note.trim() === '' ? {} : { note: [{ text: note.trim() }] }),
});

/** Which field lacks something. */
export const faultOf = (
  { what, since }: Statement,
  today: string,
): 'what' | 'since' | undefined => {
  if (what.trim() === '') return 'what';
  return since > today ? 'since' : undefined;
};
