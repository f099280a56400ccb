// Whether a prescription is of now or of before.

import { expect } from 'chai';
import type { MedicationRequest } from 'fhir/r4.js';
import { endedOn, standingOf, statusKey } from '../../../../smart-apps/ui/src/record/standing.ts';

const order = (more: Partial<MedicationRequest> = {}): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: {} },
  authoredOn: '2026-05-01',
  dosageInstruction: [{ timing: { repeat: { boundsDuration: { value: 5, code: 'd' } } } }],
  ...more,
});

describe('the standing of a prescription', () => {
  it('is of before once its course has ended, although nobody has said so', () => {
    expect(standingOf(order(), '2026-05-06')).to.equal('now');
    expect(standingOf(order(), '2026-05-07')).to.equal('before');
    expect(endedOn(order(), '2026-05-07')).to.equal('2026-05-06');
  });

  it('stays where nothing bounds the course', () => {
    expect(standingOf(order({ dosageInstruction: [] }), '2027-05-07')).to.equal('now');
  });

  it('stays while it is on hold', () => {
    expect(standingOf(order({ status: 'on-hold' }), '2026-05-07')).to.equal('now');
  });

  it('did not go to its end where it was stopped', () => {
    expect(endedOn(order({ status: 'stopped' }), '2026-05-07')).to.equal(undefined);
  });

  it('tells apart what must not be taken, and what is only proposed', () => {
    const never = order({ doNotPerform: true });

    expect(standingOf(never, '2026-05-02')).to.equal('never');
    expect(statusKey(never)).to.equal('never');
    expect(statusKey(order({ intent: 'plan' }))).to.equal('proposed');
    expect(statusKey(order())).to.equal('active');
  });
});
