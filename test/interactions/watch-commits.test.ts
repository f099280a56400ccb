// What is kept of definitional resources is forgotten when one is written, here or by another process on the same store.

import { expect } from 'chai';
import { watchCommits } from '#src/interactions/watch-commits.ts';
import { put } from '#test/contract/support/build.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

const types = new Set(['ValueSet']);
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
/** Each looks every ten milliseconds, when the machine lets it. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await moment();
};

describe('interactions/watch-commits', () => {
  it('tells of a definitional commit at once, and of no other', async () => {
    let changes = 0;
    const { resources } = watchCommits(openMemoryStore(), { types, changed: () => (changes += 1) });

    await resources.commit([put('Patient/1')]);
    await resources.commit([put('Patient/2'), put('ValueSet/1')]);

    expect(changes).to.equal(1);
  });

  it('tells of what another process writes soon after, and of its own once', async () => {
    const store = openMemoryStore();
    let [ours, theirs] = [0, 0];
    const us = watchCommits(store, { types, changed: () => (ours += 1), everySeconds: 0.01 });
    const them = watchCommits(store, { types, changed: () => (theirs += 1), everySeconds: 0.01 });

    await us.resources.commit([put('ValueSet/1')]);
    await until(() => theirs === 1);
    await moment();
    const first = [ours, theirs];
    await them.resources.commit([put('ValueSet/2')]);
    await until(() => ours === 2);
    await moment();
    us.stop();
    await them.resources.commit([put('ValueSet/3')]);
    await moment();
    them.stop();

    expect(first).to.deep.equal([1, 1]);
    expect([ours, theirs]).to.deep.equal([2, 3]);
  });
});
