// Up and down in a list.

import { expect } from 'chai';
import { placeAfter } from '../../../../smart-apps/clinician/src/keyboard/arrows.ts';

describe('the arrow keys in a list', () => {
  it('go from row to row and stop at the ends', () => {
    expect(placeAfter('ArrowDown', 0, 3)).to.equal(1);
    expect(placeAfter('ArrowDown', 2, 3)).to.equal(2);
    expect(placeAfter('ArrowUp', 0, 3)).to.equal(0);
    expect([placeAfter('Home', 1, 3), placeAfter('End', 1, 3)]).to.deep.equal([0, 2]);
  });

  it('leave all other keys alone', () => {
    expect(placeAfter('Tab', 1, 3)).to.equal(undefined);
  });
});
