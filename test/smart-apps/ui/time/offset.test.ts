// On which clock a moment is said.

import { expect } from 'chai';
import { isElsewhere, offsetOf } from '../../../../smart-apps/ui/src/time/offset.ts';

describe('a moment', () => {
  it('is said in the time zone it is written in', () => {
    expect(offsetOf('2026-11-23T09:30:00+05:30')).to.equal('+05:30');
    expect(offsetOf('2026-11-23T04:00:00Z')).to.equal('UTC');
  });

  it('is elsewhere only where the clock of this device differs', () => {
    const start = '2026-11-23T09:30:00+05:30';

    expect(isElsewhere(start, 330)).to.equal(false);
    expect(isElsewhere(start, -300)).to.equal(true);
    expect(isElsewhere('2026-11-23T09:30:00-05:00', -300)).to.equal(false);
  });
});
