// A plan within the caller's rights.

import { expect } from 'chai';
import { unrestricted, type Permit } from '../../src/access/permit.ts';
import { restrict } from '../../src/access/restrict.ts';
import { everything, nothing, type Plan } from '../../src/search/plan.ts';

const asked: Plan = { op: 'id', ids: ['1'] };
const own: Plan = { op: 'custodian', organizations: ['Organization/1'] };
const permitOf = (filters: Readonly<Record<string, Plan>>): Permit => ({
  allows: () => true,
  filter: (type) => filters[type] ?? nothing,
  covers: () => Promise.resolve(true),
});

describe('access/restrict', () => {
  it('leaves a plan alone when everything may be seen', () => {
    expect(restrict(asked, ['Patient'], unrestricted)).to.equal(asked);
  });

  it('adds what may be seen of the one type', () => {
    expect(restrict(asked, ['Patient'], permitOf({ Patient: own }))).to.deep.equal({
      op: 'and',
      plans: [asked, own],
    });
  });

  it('is nothing when nothing may be seen', () => {
    expect(restrict(asked, ['Patient', 'Group'], permitOf({}))).to.deep.equal(nothing);
  });

  it('narrows each of several types in its own way', () => {
    const permit = permitOf({ Patient: own, Group: everything, Slot: everything });

    expect(restrict(everything, ['Patient', 'Group', 'Slot', 'Task'], permit)).to.deep.equal({
      op: 'or',
      plans: [
        { op: 'type', types: ['Group', 'Slot'] },
        { op: 'and', plans: [{ op: 'type', types: ['Patient'] }, own] },
      ],
    });
  });

  it('narrows what chains look at, and lets none look at what has no type', () => {
    const chain = (plan: Plan): Plan => ({ op: 'to', params: ['Observation.subject'], plan });
    const patient: Plan = { op: 'type', types: ['Patient'] };
    const permit = permitOf({ Observation: everything, Patient: own });
    const asks: Plan = { op: 'not', plan: chain({ op: 'and', plans: [patient, asked] }) };

    expect(restrict(asks, ['Observation'], permit)).to.deep.equal({
      op: 'not',
      plan: chain({ op: 'and', plans: [patient, asked, own] }),
    });
    expect(restrict(chain(asked), ['Observation'], permit)).to.deep.equal(chain(nothing));
  });
});
