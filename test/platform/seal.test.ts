// Sealed values come back as they were, or not at all.

import { expect } from 'chai';
import { createSealer } from '../../src/platform/seal.ts';

describe('platform/seal', () => {
  const sealer = createSealer(Buffer.alloc(32, 1));
  const value = { of: 'list', after: ['é', 1, null] };

  it('gives back what was sealed', () => {
    expect(sealer.open(sealer.seal(value))).to.deep.equal(value);
  });

  it('opens nothing that was changed, made up or sealed with another key', () => {
    const sealed = sealer.seal(value);
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    const other = createSealer(Buffer.alloc(32, 2)).seal(value);

    for (const text of [changed, other, '', 'abc', 'e30', '💥'])
      expect(sealer.open(text), text).to.equal(undefined);
  });

  it('opens a text in one spelling only, however long it is', () => {
    for (const value of ['', 'a', 'aa', 'aaa'])
      for (const more of ['x', '=', ' ', '.'])
        expect(sealer.open(sealer.seal(value) + more), value + more).to.equal(undefined);
  });
});
