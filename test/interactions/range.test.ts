// Which bytes a Range header asks for.

import { expect } from 'chai';
import { readRange } from '../../src/interactions/range.ts';

describe('interactions/range', () => {
  const cases: readonly (readonly [string | undefined, ReturnType<typeof readRange>])[] = [
    [undefined, undefined],
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=50-1000', { first: 50, last: 99 }],
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-3', undefined],
    ['bytes=0-1,4-5', undefined],
    ['bytes=-', undefined],
    ['lines=1-2', undefined],
  ];
  for (const [range, expected] of cases)
    it(`reads ${String(range)} of 100 bytes`, () => {
      expect(readRange({ range }, 100, 'W/"1"')).to.deep.equal(expected);
    });

  it('gives all of it when If-Range names another version', () => {
    const headers = { range: 'bytes=0-9', 'if-range': 'W/"2"' };

    expect(readRange(headers, 100, 'W/"1"')).to.equal(undefined);
    expect(readRange(headers, 100, 'W/"2"')).to.deep.equal({ first: 0, last: 9 });
  });
});
