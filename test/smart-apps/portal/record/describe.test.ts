// Resources of the record in the words of their owner.

import { expect } from 'chai';
import type { FhirResource } from 'fhir/r4.js';
import { formatConcept } from '../../../../smart-apps/ui/src/format/coded.ts';
import {
  formatDate,
  formatDateTime,
  formatTime,
} from '../../../../smart-apps/ui/src/format/date.ts';
import { formatRange, formatValue } from '../../../../smart-apps/ui/src/format/measure.ts';
import { dosageLines } from '../../../../smart-apps/ui/src/record/dosage/lines.ts';
import { describe as tell, type Words } from '../../../../smart-apps/portal/src/record/describe.ts';
import { rowsOf } from '../../../../smart-apps/portal/src/record/details/rows.ts';
import { spanOf } from '../../../../smart-apps/portal/src/record/details/row.ts';

const said = { language: 'en', t: (key: string) => key };
const words: Words = {
  format: {
    concept: formatConcept,
    value: (of) => formatValue(of, said),
    date: (value) => formatDate(value ?? '', 'en'),
    dateTime: (value) => (value === undefined ? '' : formatDateTime(value, 'en', 'UTC')),
    time: (value) => formatTime(value ?? '', 'en', 'UTC'),
    range: formatRange,
  },
  dosage: (dosages) => dosageLines(dosages, said),
  t: (key) => key,
  testName: ({ code }) => `plain ${code.text ?? ''}`,
};
const about = { subject: { reference: 'Patient/priya' } };

const cases: readonly (readonly [string, FhirResource, object])[] = [
  [
    'a visit by its reason, how, with whom and where it was',
    {
      ...{ resourceType: 'Encounter', status: 'finished', class: { code: 'VR' }, ...about },
      reasonCode: [{ text: 'Cough' }],
      participant: [{ individual: { display: 'Dr. Iyer' } }],
      serviceProvider: { display: 'Lakeside' },
    },
    { title: 'Cough', text: 'visit.video · Dr. Iyer', source: 'Lakeside' },
  ],
  [
    'an appointment by whom it is with, but for the patient',
    {
      ...{ resourceType: 'Appointment', status: 'booked', specialty: [{ text: 'Heart' }] },
      participant: [
        { actor: { reference: 'Patient/priya', display: 'Priya' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/1', display: 'Dr. Iyer' }, status: 'accepted' },
      ],
    },
    { title: 'Heart', text: 'appointment.booked · Dr. Iyer' },
  ],
  [
    'a result by what people call the test',
    {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'TSH' } },
      valueQuantity: { value: 2.5, unit: 'mIU/L' },
    },
    { title: 'plain TSH', text: '2.5 mIU/L', source: undefined },
  ],
  [
    'what a person has stated by their own words',
    {
      ...{ resourceType: 'Observation', status: 'final', code: {}, valueString: 'Peanuts' },
      category: [{ coding: [{ code: 'survey' }] }],
    },
    { title: 'Peanuts', text: 'types.Statement' },
  ],
  [
    'what must not be taken as such',
    {
      ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', ...about },
      ...{ doNotPerform: true, medicationCodeableConcept: { text: 'Ibuprofen' } },
    },
    { title: 'Ibuprofen', text: 'doNotTake', source: undefined },
  ],
  [
    'an allergy by how it stands, how dangerous it is and what it does',
    {
      ...{ resourceType: 'AllergyIntolerance', patient: {}, code: { text: 'Penicillin' } },
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      verificationStatus: { coding: [{ code: 'unconfirmed' }] },
      criticality: 'high',
      reaction: [{ manifestation: [{ text: 'Hives' }, { text: 'Wheeze' }], severity: 'severe' }],
    },
    {
      title: 'Penicillin',
      text: 'clinical.resolved · certainty.unconfirmed · criticality.high · Hives, Wheeze (severity.severe)',
      source: undefined,
    },
  ],
  [
    'a condition that is not certain as such',
    {
      ...{ resourceType: 'Condition', ...about, code: { text: 'Asthma' } },
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'provisional' }] },
    },
    { title: 'Asthma', text: 'clinical.active · certainty.provisional', source: undefined },
  ],
  [
    'a document whose type is its title without saying it twice',
    {
      ...{ resourceType: 'DocumentReference', status: 'current', type: { text: 'Letter' } },
      content: [{ attachment: { title: 'Letter' } }],
    },
    { title: 'Letter', text: undefined, source: undefined },
  ],
  [
    'a vaccination that was not given as such',
    {
      ...{ resourceType: 'Immunization', status: 'not-done', vaccineCode: { text: 'MMR' } },
      patient: {},
    },
    { title: 'MMR', text: 'notDone', source: undefined },
  ],
];

describe('the record in plain words', () => {
  for (const [title, resource, told] of cases)
    it(`tells ${title}`, () => {
      expect(tell(resource, words)).to.deep.equal(told);
    });

  it('has a line for what is said, and none for what is not', () => {
    const labels = rowsOf(
      {
        ...{ resourceType: 'Condition', ...about, code: { text: 'Asthma' } },
        onsetDateTime: '2019',
      },
      words,
    ).map(({ label }) => label);

    expect(labels).to.deep.equal(['code', 'since']);
  });

  it('says the day of a visit once', () => {
    const on = '2026-05-01T';

    expect(spanOf({ start: `${on}10:00:00Z`, end: `${on}10:25:00Z` }, words)).to.match(
      /^1 May 2026, 10:00.am – 10:25.am$/,
    );
    expect(spanOf({ start: '2026-05-01', end: '2026-05-03' }, words)).to.equal(
      '1 May 2026 – 3 May 2026',
    );
  });
});
