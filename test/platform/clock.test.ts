// The clock never goes back, and never runs ahead of the wall clock's latest time.

import { expect } from 'chai';
import { createClock } from '../../src/platform/clock.ts';

describe('platform/clock', () => {
  it('never goes back and never runs ahead however often it is asked', () => {
    const wall = [100, 100, 90, 200];
    const now = createClock(() => wall.shift() ?? 200);

    expect([now(), now(), now(), now(), now()]).to.deep.equal([100, 100, 100, 200, 200]);
  });
});
