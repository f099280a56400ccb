// The clock never repeats and never goes back.

import { expect } from 'chai';
import { createClock } from '../../src/platform/clock.ts';

describe('platform/clock', () => {
  it('never gives the same time twice and never goes back', () => {
    const wall = [100, 100, 90, 200];
    const now = createClock(() => wall.shift() ?? 200);

    expect([now(), now(), now(), now(), now()]).to.deep.equal([100, 101, 102, 200, 201]);
  });
});
