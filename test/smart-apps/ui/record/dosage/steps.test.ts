// Which dosages are taken at the same time, and which one after the other.

import { expect } from 'chai';
import type { Dosage } from 'fhir/r4.js';
import { stepsOf } from '../../../../../smart-apps/ui/src/record/dosage/steps.ts';

const dosage = (id: string, sequence?: number, when?: 'MORN' | 'NIGHT'): Dosage => ({
  id,
  ...(sequence === undefined ? {} : { sequence }),
  ...(when === undefined ? {} : { timing: { repeat: { when: [when] } } }),
});
const steps = (...dosages: Dosage[]) => stepsOf(dosages).map((step) => step.map(({ id }) => id));

describe('the steps of a dosage', () => {
  it('hold at the same time what has the same number, or none', () => {
    expect(steps(dosage('a', 1), dosage('b', 1))).to.deep.equal([['a', 'b']]);
    expect(steps(dosage('a'), dosage('b'))).to.deep.equal([['a', 'b']]);
  });

  it('go in the order of their numbers, what has none first', () => {
    expect(steps(dosage('c', 2), dosage('b', 1), dosage('a'))).to.deep.equal([['a'], ['b'], ['c']]);
  });

  it('hold the parts of a day together, although they are numbered', () => {
    const day = [dosage('a', 1, 'MORN'), dosage('b', 2, 'NIGHT')];

    expect(steps(...day, dosage('c', 3, 'MORN'))).to.deep.equal([['a', 'b'], ['c']]);
    expect(steps(dosage('a', 1, 'MORN'), dosage('b', 2))).to.deep.equal([['a'], ['b']]);
  });
});
