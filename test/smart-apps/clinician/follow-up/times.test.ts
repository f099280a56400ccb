// Times of a follow-up.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import {
  bookTime,
  byDay,
  dayAfter,
  findTimes,
} from '../../../../smart-apps/clinician/src/follow-up/times.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const at = (start: string): Appointment => ({
  ...{ resourceType: 'Appointment', status: 'proposed', start, participant: [] },
});

describe('the times of a follow-up', () => {
  it('are of days where the visit takes place, wherever the screen is', () => {
    const days = byDay([at('2026-11-30T00:10:00+05:30'), at('2026-11-30T23:50:00+05:30')]);

    expect(days.map(({ times }) => times.length)).to.deep.equal([2]);
  });

  it('are never over, also when the day that is looked at has begun', async () => {
    const { fhir, asked } = recordingFhir(() => ({ resourceType: 'Bundle', type: 'searchset' }));
    const now = Date.parse('2026-11-21T12:00:00Z');

    await findTimes(
      fhir,
      { practitioner: '', organization: 'Organization/o', from: '2026-11-20' },
      now,
    );

    expect(asked[0]?.path).to.contain('start=2026-11-21T12%3A00%3A00.000Z');
    expect(asked[0]?.path).to.not.contain('practitioner');
  });

  it('are booked for the patient in view', async () => {
    const { fhir, asked } = recordingFhir(() => at('x'));

    await bookTime(fhir, { id: 't', patient: 'p', comment: ' ' });

    expect(asked[0]?.body).to.deep.include({
      parameter: [
        { name: 'appointment-reference', valueReference: { reference: 'Appointment/t' } },
        { name: 'patient-reference', valueReference: { reference: 'Patient/p' } },
      ],
    });
  });

  it('begin a number of days after today', () => {
    expect(dayAfter(14, new Date(2026, 10, 21, 12).getTime())).to.equal('2026-12-05');
  });
});
