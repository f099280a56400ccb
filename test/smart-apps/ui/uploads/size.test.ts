// The size of a file in words.

import { expect } from 'chai';
import { sizeOf } from '../../../../smart-apps/ui/src/uploads/size.ts';

describe('the size of a file', () => {
  it('is said in the unit that is nearest', () => {
    expect([7, 12_340, 3_456_000].map((bytes) => sizeOf(bytes, 'en'))).to.deep.equal([
      ...['7 byte', '12.3 kB', '3.5 MB'],
    ]);
  });

  it('has the digits everybody reads, in every language', () => {
    expect(sizeOf(12_340, 'ur')).to.contain('12.3');
  });
});
