// Decide agrees with the reference meaning wherever it says anything at all.

import { expect } from 'chai';
import { canDecide, decide } from '../../src/search/decide.ts';
import { and, everything, not, nothing, or, type Plan } from '../../src/search/plan.ts';

const known = { type: 'Patient', id: '1', custodian: 'Organization/1' };
const ours: Plan = { op: 'custodian', organizations: ['Organization/1'] };
const theirs: Plan = { op: 'custodian', organizations: ['Organization/2'] };
const open: Plan = { op: 'reference', params: ['Patient.link'], targets: ['Patient/2'] };

const cases: readonly (readonly [Plan, boolean | undefined])[] = [
  [everything, true],
  [nothing, false],
  [ours, true],
  [theirs, false],
  [{ op: 'id', ids: ['1'] }, true],
  [{ op: 'id', ids: ['2'] }, false],
  [{ op: 'type', types: ['Patient'] }, true],
  [{ op: 'type', types: ['Encounter'] }, false],
  [open, undefined],
  [{ op: 'or', plans: [open, ours] }, true],
  [{ op: 'or', plans: [open, theirs] }, undefined],
  [or(theirs, { op: 'id', ids: ['2'] }), false],
  [{ op: 'and', plans: [open, theirs] }, false],
  [{ op: 'and', plans: [open, ours] }, undefined],
  [and(ours, { op: 'id', ids: ['1'] }), true],
  [not(theirs), true],
  [{ op: 'not', plan: open }, undefined],
];

describe('search/decide', () => {
  for (const [plan, decided] of cases)
    it(`says ${String(decided)} of ${JSON.stringify(plan)}`, () => {
      expect(decide(plan, known)).to.equal(decided);
    });

  it('knows which plans it may decide for some resource', () => {
    expect(canDecide(or(open, ours))).to.equal(true);
    expect(canDecide(and(open, not(theirs)))).to.equal(true);
    expect(canDecide({ op: 'to', params: ['Patient.link'], plan: ours })).to.equal(false);
    for (const [plan, decided] of cases)
      if (decided !== undefined) expect(canDecide(plan), JSON.stringify(plan)).to.equal(true);
  });

  it('keeps what has no custodian from every organization', () => {
    expect(decide(ours, { type: 'Patient', id: '1' })).to.equal(false);
  });
});
