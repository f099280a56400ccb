// Until when a prescription reaches and how often it is repeated.

import { expect } from 'chai';
import type { MedicationDispense, MedicationRequest } from 'fhir/r4.js';
import { supplyOf } from '../../../../smart-apps/portal/src/medicines/supply.ts';

const order = (
  dispenseRequest: MedicationRequest['dispenseRequest'] & object,
): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', id: 'rx', status: 'active', intent: 'order' },
  ...{ subject: {}, dispenseRequest },
});
const dispense = (
  prescription: string,
  status: MedicationDispense['status'] = 'completed',
): MedicationDispense => ({
  ...{ resourceType: 'MedicationDispense', status },
  authorizingPrescription: [{ reference: `MedicationRequest/${prescription}` }],
});
const repeats = (...dispenses: readonly MedicationDispense[]) =>
  supplyOf(order({ numberOfRepeatsAllowed: 3 }), dispenses, '2026-11-21').repeatsLeft;

describe('the supply of a prescription', () => {
  it('has all repeats left until it is dispensed a second time', () => {
    expect(repeats()).to.equal(3);
    expect(repeats(dispense('rx'))).to.equal(3);
    expect(repeats(dispense('rx'), dispense('rx'))).to.equal(2);
  });

  it('does not count what was not given, or was given for another', () => {
    expect(repeats(dispense('rx'), dispense('rx', 'cancelled'), dispense('other'))).to.equal(3);
  });

  it('never has less than none', () => {
    expect(repeats(...Array.from({ length: 9 }, () => dispense('rx')))).to.equal(0);
  });

  it('says nothing of repeats where the prescription does not', () => {
    expect(supplyOf(order({}), [], '2026-11-21').repeatsLeft).to.equal(undefined);
  });

  it('is not over within the month or year it ends in', () => {
    const until = order({ validityPeriod: { end: '2026-12' } });

    expect(supplyOf(until, [], '2026-12-05').isOver).to.equal(false);
    expect(supplyOf(until, [], '2027-01-01').isOver).to.equal(true);
  });

  it('is not over on the day on which its last instant lies here', () => {
    const end = new Date(2026, 10, 21, 0, 30).toISOString();
    const until = order({ validityPeriod: { end } });

    expect(supplyOf(until, [], '2026-11-21').isOver).to.equal(false);
    expect(supplyOf(until, [], '2026-11-22').isOver).to.equal(true);
  });

  it('is over the day after it ends', () => {
    const until = order({ validityPeriod: { end: '2026-11-20' } });

    expect(supplyOf(until, [], '2026-11-20').isOver).to.equal(false);
    expect(supplyOf(until, [], '2026-11-21').isOver).to.equal(true);
  });
});
