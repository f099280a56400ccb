// Where a visit stands.

import { expect } from 'chai';
import { stateOf, statusesOf } from '../../../../smart-apps/ui/src/visits/states.ts';

describe('the state of a visit', () => {
  for (const [status, state] of [
    ['pending', 'held'],
    ['booked', 'booked'],
    ['arrived', 'arrived'],
    ['checked-in', 'arrived'],
    ['fulfilled', 'done'],
    ['noshow', 'no-show'],
    ['cancelled', 'cancelled'],
    ['waitlist', 'other'],
    ['entered-in-error', 'other'],
  ] as const)
    it(`is ${state} where R4 says ${status}`, () => {
      expect(stateOf({ status })).to.equal(state);
    });

  it('is searched for by all that R4 calls it', () => {
    expect(statusesOf('booked', 'arrived')).to.equal('booked,arrived,checked-in');
  });
});
