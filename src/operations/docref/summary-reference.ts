// summary-reference: the DocumentReference of a patient's summary, which nobody stores: its address makes it when it is fetched.

import type { DocumentReference } from 'fhir/r4.js';
import type { Context } from '../../interactions/types.ts';
import { compositionProfile } from '../summary/composition.ts';
import type { Whose } from '../summary/fill-sections.ts';
import type { DocumentsAsked } from './find-stored.ts';

const loinc = 'http://loinc.org';
const summaryCode = '60591-5';

/** A summary tells of the whole record: where a time is given it is none of what is asked for. */
export const isSummary = ({ start, end, types, profiles }: DocumentsAsked): boolean =>
  start === undefined &&
  end === undefined &&
  (types.length === 0 ||
    types.some(({ system = loinc, code }) => system === loinc && code === summaryCode)) &&
  (profiles.length === 0 ||
    profiles.some((profile) => profile.split('|')[0] === compositionProfile));

export const summaryReference = (
  { patient, base }: Whose,
  { newId, now }: Pick<Context, 'newId' | 'now'>,
): DocumentReference => {
  const at = new Date(now()).toISOString();
  return {
    resourceType: 'DocumentReference',
    id: newId(),
    status: 'current',
    type: {
      coding: [{ system: loinc, code: summaryCode, display: 'Patient summary Document' }],
    },
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
            code: 'clinical-note',
          },
        ],
      },
    ],
    subject: { reference: `Patient/${patient}` },
    date: at,
    content: [
      {
        attachment: {
          contentType: 'application/fhir+json',
          url: `${base}/Patient/${patient}/$summary`,
          title: 'International Patient Summary',
        },
      },
    ],
  };
};
