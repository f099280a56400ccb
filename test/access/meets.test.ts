// meets says of a resource that is about to be written what a search would say of it once it is there.

import { expect } from 'chai';
import { meets } from '#src/access/meets.ts';
import type { Stored } from '#src/search/match.ts';
import { randomEntries, randomName, randomPlan } from '#test/contract/support/random.ts';
import { chanceOf } from '#test/support/chance.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

describe('access/meets', () => {
  it('agrees with a search, whatever lies in the store and whatever beside it', async function () {
    this.timeout(60_000);
    for (let seed = 1; seed <= 12; seed += 1) {
      const chance = chanceOf(seed);
      const names = [...new Set(Array.from({ length: 30 }, () => randomName(chance)))];
      const all = names.map((name): Stored => {
        const [type = '', id = ''] = name.split('/');
        const custodian = chance.pick(['Organization/1', 'Organization/2', undefined]);
        const known = {
          type,
          id,
          at: 1000 + chance.below(50),
          entries: randomEntries(type, chance),
        };
        return custodian === undefined ? known : { ...known, custodian };
      });
      const whole = storeOf(all);
      const parts = all.map((stored) => ({ stored, isBeside: chance.below(3) === 0 }));
      const beside = parts.filter(({ isBeside }) => isBeside).map(({ stored }) => stored);
      const partly = storeOf(parts.flatMap(({ stored, isBeside }) => (isBeside ? [] : [stored])));
      const around = {
        resources: (await partly).resources,
        beside: {
          get: (key: string) => beside.find(({ type, id }) => `${type}/${id}` === key),
          all: () => beside,
        },
      };
      for (let n = 0; n < 25; n += 1) {
        const plan = randomPlan(chance, 3);
        const { items } = await (await whole).resources.search(plan, { sort: [], size: 100 });
        const found = new Set(items.map(({ type, id }) => `${type}/${id}`));
        for (const stored of beside)
          expect(
            await meets(plan, stored, around),
            `seed ${String(seed)}: ${JSON.stringify(plan)} of ${stored.type}/${stored.id}`,
          ).to.equal(found.has(`${stored.type}/${stored.id}`));
      }
    }
  });
});

const storeOf = async (all: readonly Stored[]) => {
  const store = openMemoryStore();
  await store.resources.commit(
    all.map(({ type, id, at, custodian, entries }) => ({
      kind: 'put',
      version: {
        ...{ type, id, version: '1', at, deleted: false, method: 'PUT', text: '{}' },
        ...(custodian === undefined ? {} : { custodian }),
      },
      entries,
      expect: [],
    })),
  );
  return store;
};
