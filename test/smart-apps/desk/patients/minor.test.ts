// Who is a child still.

import { expect } from 'chai';
import { isMinor } from '../../../../smart-apps/desk/src/patients/minor.ts';

describe('a child', () => {
  const today = new Date(2026, 10, 21);

  for (const [birthDate, isChild] of [
    ['2008-11-22', true],
    ['2008-11-21', false],
    ['2020-01-01', true],
    ['1980-02-03', false],
    ['2015', false],
    [undefined, false],
  ] as const)
    it(`${isChild ? 'is' : 'is not'} who was born ${birthDate ?? 'nobody knows when'}`, () => {
      expect(isMinor(birthDate, today)).to.equal(isChild);
    });
});
