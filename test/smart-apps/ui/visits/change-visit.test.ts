// What is sent when a visit changes, and how long somebody waits.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import {
  changeVisit,
  minutesSinceArrival,
  type VisitChange,
} from '../../../../smart-apps/ui/src/visits/change-visit.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const came = new Date('2026-11-21T09:45:00Z');
const patient = { actor: { reference: 'Patient/p' }, status: 'accepted' } as const;
const doctor = { actor: { reference: 'Practitioner/d' }, status: 'accepted' } as const;
const visit: Appointment = {
  ...{ resourceType: 'Appointment', id: 'a', status: 'booked', participant: [doctor, patient] },
  meta: { versionId: '3', lastUpdated: '2026-11-20T08:00:00Z' },
};
const arrived: Appointment = {
  ...{ ...visit, status: 'arrived' },
  participant: [doctor, { ...patient, period: { start: '2026-11-21T09:45:00.000Z' } }],
};

const sent = async (change: VisitChange, of = visit) => {
  const { fhir, asked } = recordingFhir(() => of);
  await changeVisit(fhir, { visit: of, change }, came);
  return asked[0]!;
};

describe('a change of a visit', () => {
  it('names the version it changes, so that nobody else’s change is lost', async () => {
    const { method, path, headers } = await sent('arrive');

    expect({ method, path, headers }).to.deep.equal({
      ...{ method: 'PUT', path: 'Appointment/a', headers: { 'if-match': 'W/"3"' } },
    });
  });

  it('notes with an arrival when the patient came', async () => {
    expect((await sent('arrive')).body).to.deep.equal(arrived);
  });

  it('takes that time back with the arrival', async () => {
    expect((await sent('wait-not', arrived)).body).to.deep.equal(visit);
  });

  it('keeps it when the visit is done', async () => {
    expect((await sent('finish', arrived)).body).to.deep.equal({ ...arrived, status: 'fulfilled' });
  });

  it('is the operation where nobody came, which knows when that is too early', async () => {
    const { method, path } = await sent('no-show');

    expect([method, path]).to.deep.equal(['POST', 'Appointment/a/$no-show']);
  });
});

describe('the time somebody waits', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');

  it('counts from the arrival, whatever was changed of the visit since', () => {
    const changed = { ...arrived, meta: { lastUpdated: '2026-11-21T09:59:00Z' } };

    expect(minutesSinceArrival(changed, now)).to.equal(15);
  });

  it('is not made up where nobody noted the arrival', () => {
    expect(minutesSinceArrival({ ...visit, status: 'arrived' }, now)).to.equal(undefined);
  });

  it('is never less than nothing, where two clocks differ', () => {
    expect(minutesSinceArrival(arrived, now - 3_600_000)).to.equal(0);
  });
});
