// The visit to which what is written belongs.

import { expect } from 'chai';
import type { Encounter } from 'fhir/r4.js';
import {
  begunWithin,
  isVisitOf,
} from '../../../../smart-apps/clinician/src/writing/named-visit.ts';

const visit = (more: Partial<Encounter>): Encounter => ({
  ...{ resourceType: 'Encounter', status: 'in-progress', class: { code: 'AMB' } },
  ...more,
});

describe('the visit that an address names', () => {
  it('is written into only when it is of the patient in view', () => {
    const found = visit({ subject: { reference: 'Patient/priya' } });

    expect(isVisitOf('priya', found)).to.equal(true);
    expect(isVisitOf('arjun', found)).to.equal(false);
    expect(isVisitOf('priya', visit({}))).to.equal(false);
  });
});

describe('the visit that is under way', () => {
  const today = { start: '2026-11-20T18:30:00.000Z', end: '2026-11-21T18:30:00.000Z' };
  const begun = (start: string): Encounter => visit({ period: { start } });

  it('is one that began today where the hospital is', () => {
    const now = begun('2026-11-21T00:10:00+05:30');

    expect(begunWithin([begun('2026-11-22T00:10:00+05:30'), now], today)).to.equal(now);
  });

  it('is not one that nobody closed weeks ago, nor one that does not say when it began', () => {
    expect(begunWithin([begun('2026-11-01T09:00:00+05:30'), visit({})], today)).to.equal(undefined);
  });
});
