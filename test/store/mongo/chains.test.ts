// Chains that lead to more resources than are listed: they are followed for some documents at a time, and find the same.

import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import type { Change, Store } from '#src/store/port.ts';
import { put, search } from '#test/contract/support/build.ts';
import {
  randomEntries,
  randomName,
  randomPlan,
  randomSort,
} from '#test/contract/support/random.ts';
import { chanceOf } from '#test/support/chance.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { useMongo } from '#test/support/mongo.ts';

const plans = process.env['LONG'] === '1' ? 500 : 100;

describe('store/mongo: chains that lead to many', function () {
  this.timeout(300_000);
  const reference = openMemoryStore();
  let store: Store;
  let close: () => Promise<void>;
  before(async () => {
    const server = await useMongo();
    const url = server.freshUrl();
    store = await openMongo({ url, searchSeconds: 20, fingerprint: 'test', mostListed: 1 });
    close = async () => {
      await store.close();
      await server.drop(url);
      await server.release();
    };
  });
  after(() => close());

  it('finds what the reference finds', async () => {
    const chance = chanceOf(11);
    const versions = new Map<string, number>();
    for (let step = 0; step < 100; step += 1) {
      const name = randomName(chance);
      const number = (versions.get(name) ?? 0) + 1;
      versions.set(name, number);
      const deleted = number > 1 && chance.below(4) === 0;
      const entries = deleted ? [] : randomEntries(name.split('/')[0]!, chance);
      const change: Change = put(`${name}/${String(number)}`, entries, { deleted });
      for (const each of [reference, store]) await each.resources.commit([change]);
    }

    for (let count = 0; count < plans; count += 1) {
      const inner = randomPlan(chance);
      const op = chance.pick(['to', 'from'] as const);
      const params = ['Patient', 'Observation', 'Organization'].map((type) => `${type}.reference`);
      const plan = { op, params, plan: inner };
      const sort = randomSort(chance);
      const asked = JSON.stringify({ plan, sort });

      const expected = await search(reference, plan, { sort, size: 7 });
      expect(await search(store, plan, { sort, size: 7 }), asked).to.deep.equal(expected);
      expect(await store.resources.count(plan), asked).to.equal(expected.length);
      const [ours, theirs] = await Promise.all(
        [store, reference].map(({ resources }) => resources.countVersions({}, plan, {})),
      );
      expect(ours, asked).to.equal(theirs);
    }
  });
});
