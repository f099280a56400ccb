// Visit: what our extensions say of a visit, and until when it can be changed.

import { expect } from 'chai';
import type { Appointment, Schedule } from 'fhir/r4.js';
import { changeUntil, isOffer, rulesOf } from '../../../../smart-apps/portal/src/visits/visit.ts';

const base = 'https://meridian.example/StructureDefinition';
const visit: Appointment = {
  ...{ resourceType: 'Appointment', status: 'booked', start: '2026-11-23T09:30:00+05:30' },
  slot: [{ reference: 'Slot/1' }],
  participant: [],
};

describe('a visit', () => {
  it('has the rules of its Schedule', () => {
    const schedule: Schedule = {
      ...{ resourceType: 'Schedule', actor: [] },
      extension: [
        {
          url: `${base}/availability`,
          extension: [
            { url: 'time-zone', valueCode: 'Asia/Kolkata' },
            { url: 'cancel-notice', valueUnsignedInt: 120 },
          ],
        },
      ],
    };

    expect(rulesOf(schedule)).to.deep.equal({ zone: 'Asia/Kolkata', cancelNotice: 120 });
  });

  it('can be changed until the notice the hospital wants', () => {
    const until = changeUntil(visit, { zone: undefined, cancelNotice: 120 });

    expect(until).to.equal(Date.parse('2026-11-23T07:30:00+05:30'));
  });

  it('is for the hospital to change where it takes no Slot, or is not booked', () => {
    const rules = { zone: undefined, cancelNotice: 0 };

    expect(changeUntil({ ...visit, slot: [] }, rules)).to.equal(undefined);
    expect(changeUntil({ ...visit, status: 'fulfilled' }, rules)).to.equal(undefined);
    expect(changeUntil(visit, undefined)).to.equal(undefined);
  });

  it('is an offer where it was waited for and is pending', () => {
    const waiting = { url: `${base}/waiting`, extension: [] };

    expect(isOffer({ ...visit, status: 'pending', extension: [waiting] })).to.equal(true);
    expect(isOffer({ ...visit, status: 'waitlist', extension: [waiting] })).to.equal(false);
    expect(isOffer({ ...visit, status: 'pending' })).to.equal(false);
  });
});
