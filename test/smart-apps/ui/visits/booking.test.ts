// What is sent to hold, book, move and cancel a visit.

import { expect } from 'chai';
import type { Parameters } from 'fhir/r4.js';
import {
  bookTime,
  cancelVisit,
  holdTime,
  moveVisit,
} from '../../../../smart-apps/ui/src/visits/booking.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const appointment = (id: string) => ({
  ...{ name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } },
});
const patient = { name: 'patient-reference', valueReference: { reference: 'Patient/p' } };

const recorded = () => {
  const { fhir, asked } = recordingFhir(() => ({ resourceType: 'Appointment' }));
  const sent = () =>
    asked.map(({ path, body }) => [path, ...((body as Parameters).parameter ?? [])]);
  return { fhir, sent };
};

describe('booking', () => {
  it('holds and books for the patient who is named, with a comment where there is one', async () => {
    const { fhir, sent } = recorded();

    await holdTime(fhir, { id: 't', patient: 'p' });
    await bookTime(fhir, { id: 'h', patient: 'p', comment: ' Cough ' });

    expect(sent()).to.deep.equal([
      ['Appointment/$hold', appointment('t'), patient],
      [
        ...['Appointment/$book', appointment('h'), patient],
        { name: 'comment', valueString: 'Cough' },
      ],
    ]);
  });

  it('names no patient for who is signed in as one, and says nothing that is blank', async () => {
    const { fhir, sent } = recorded();

    await bookTime(fhir, { id: 'h', comment: '  ' });

    expect(sent()).to.deep.equal([['Appointment/$book', appointment('h')]]);
  });

  it('moves to another time, and cancels with a reason or without', async () => {
    const { fhir, sent } = recorded();

    await moveVisit(fhir, { id: 'a', to: 't' });
    await cancelVisit(fhir, { id: 'a' });
    await cancelVisit(fhir, { id: 'a', reason: 'Away' });

    expect(sent()).to.deep.equal([
      ['Appointment/a/$reschedule', appointment('t')],
      ['Appointment/a/$cancel'],
      ['Appointment/a/$cancel', { name: 'reason', valueString: 'Away' }],
    ]);
  });
});
