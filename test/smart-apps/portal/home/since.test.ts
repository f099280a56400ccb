// From when on something is new.

import { expect } from 'chai';
import { newSince } from '../../../../smart-apps/portal/src/home/since.ts';

const createStorage = (): Storage => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
};
const at = (time: string) => new Date(`2026-11-${time}:00Z`);

describe('what is new', () => {
  it('is of the last thirty days on the first visit', () => {
    expect(newSince('priya', at('21T10:00'), createStorage())).to.equal('2026-10-22T10:00:00.000Z');
  });

  it('is since the visit before, also when the page is opened again within the visit', () => {
    const storage = createStorage();
    newSince('priya', at('10T10:00'), storage);
    newSince('priya', at('21T10:00'), storage);

    expect(newSince('priya', at('21T12:00'), storage)).to.equal('2026-11-10T10:00:00.000Z');
  });

  it('is told for each person apart', () => {
    const storage = createStorage();
    newSince('priya', at('10T10:00'), storage);

    expect(newSince('kabir', at('21T10:00'), storage)).to.equal('2026-10-22T10:00:00.000Z');
  });

  it('does not fail over what it cannot read', () => {
    const storage = createStorage();
    storage.setItem('meridian:visits:priya', '{');

    expect(newSince('priya', at('21T10:00'), storage)).to.equal('2026-10-22T10:00:00.000Z');
  });
});
