// New ids: valid, different, in the order of their making.

import { expect } from 'chai';
import { newId } from '../../src/platform/ids.ts';

describe('platform/ids', () => {
  const ids = Array.from({ length: 5000 }, newId);

  it('makes UUIDs of version 7 in lower case', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

    expect(ids.every((id) => form.test(id))).to.equal(true);
  });

  it('never makes the same twice', () => {
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('begins with the time', () => {
    const times = ids.map((id) => parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    const now = parseInt(newId().replace('-', '').slice(0, 12), 16);
    expect(Math.abs(now - Date.now())).to.be.below(60_000);
  });
});
