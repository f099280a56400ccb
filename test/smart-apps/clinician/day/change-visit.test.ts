// What is sent when a visit changes.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { changeVisit } from '../../../../smart-apps/clinician/src/day/change-visit.ts';
import type { Change } from '../../../../smart-apps/clinician/src/day/visit.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const appointment: Appointment = {
  ...{ resourceType: 'Appointment', id: 'a', status: 'booked', participant: [] },
  meta: { versionId: '3' },
};

const sent = async (change: Change) => {
  const { fhir, asked } = recordingFhir(() => appointment);
  await changeVisit(fhir, { appointment, change });
  return asked[0]!;
};

describe('a change of a visit', () => {
  it('names the version it changes, so that nobody else’s change is lost', async () => {
    const { method, path, headers, body } = await sent('arrive');

    expect({ method, path, headers }).to.deep.equal({
      ...{ method: 'PUT', path: 'Appointment/a', headers: { 'if-match': 'W/"3"' } },
    });
    expect(body).to.deep.equal({ ...appointment, status: 'arrived' });
  });

  it('is the operation where nobody came, which knows when that is too early', async () => {
    const { method, path } = await sent('no-show');

    expect([method, path]).to.deep.equal(['POST', 'Appointment/a/$no-show']);
  });
});
