// What a Schedule says of when it can be booked.

import { expect } from 'chai';
import type { Extension, Schedule } from 'fhir/r4.js';
import { ruleOf, timeZoneOf } from '../../../../smart-apps/ui/src/visits/availability.ts';

const schedule = (...extension: Extension[]): Schedule => ({
  ...{ resourceType: 'Schedule', actor: [] },
  extension: [{ url: 'https://meridian.example/StructureDefinition/availability', extension }],
});
const inKolkata = schedule({ url: 'time-zone', valueCode: 'Asia/Kolkata' });

describe('the rules of a Schedule', () => {
  it('are found by their names', () => {
    const rules = schedule({ url: 'cancel-notice', valueUnsignedInt: 120 });

    expect(ruleOf(rules, 'cancel-notice')?.valueUnsignedInt).to.equal(120);
    expect(ruleOf(rules, 'time-zone')).to.equal(undefined);
  });

  it('give the time zone of the hospital, by the first that names one', () => {
    expect(timeZoneOf([schedule(), inKolkata])).to.equal('Asia/Kolkata');
    expect(timeZoneOf([schedule()])).to.equal(undefined);
  });
});
