// Long lists by a date are read in parts: the same pages as the reference, and without putting all of the list in order.

import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import type { Plan } from '#src/search/plan.ts';
import type { Sort } from '#src/search/window.ts';
import type { Change, Store } from '#src/store/port.ts';
import { date, namesOf, put, token } from '#test/contract/support/build.ts';
import {
  randomEntries,
  randomName,
  randomPlan,
  randomSort,
} from '#test/contract/support/random.ts';
import { chanceOf } from '#test/support/chance.ts';
import { startMongoServer } from '#test/support/mongo-server/start.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { useMongo } from '#test/support/mongo.ts';

const plans = process.env['LONG'] === '1' ? 300 : 40;
const day = 86_400_000;

describe('store/mongo: lists by a date', function () {
  this.timeout(300_000);
  let reference: Store;
  let store: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    reference = openMemoryStore();
    const server = await useMongo();
    const url = server.freshUrl();
    store = await openMongo({ url, searchSeconds: 60, fingerprint: 'test', mostSorted: 2 });
    close = async () => {
      await store.close();
      await server.drop(url);
      await server.release();
    };
  });
  afterEach(() => close());
  const commit = async (changes: readonly Change[]): Promise<void> => {
    for (const each of [reference, store]) await each.resources.commit(changes);
  };

  /** Page by page to the end and back. */
  const pages = async ({ resources }: Store, plan: Plan, sort: readonly Sort[], size: number) => {
    const seen: (readonly string[])[] = [];
    let page = await resources.search(plan, { sort, size });
    for (;;) {
      seen.push(namesOf(page));
      if (page.next === undefined) break;
      page = await resources.search(plan, { sort, size, after: page.next });
    }
    while (page.previous !== undefined) {
      page = await resources.search(plan, { sort, size, before: page.previous });
      seen.push(namesOf(page));
    }
    return seen;
  };

  it('gives the pages of the reference for random plans', async () => {
    const chance = chanceOf(5);
    const versions = new Map<string, number>();
    for (let step = 0; step < 100; step += 1) {
      const name = randomName(chance);
      const number = (versions.get(name) ?? 0) + 1;
      versions.set(name, number);
      await commit([put(`${name}/${String(number)}`, randomEntries(name.split('/')[0]!, chance))]);
    }

    for (let count = 0; count < plans; count += 1) {
      const plan = randomPlan(chance, 1);
      const type = chance.pick(['Patient', 'Observation']);
      const params = chance.pick([[`${type}.date`], [`${type}.date`, `${type}.other-date`]]);
      const direction = chance.pick(['asc', 'desc'] as const);
      const sort: readonly Sort[] = [{ by: 'date', params, direction }, ...randomSort(chance)];
      const asked = JSON.stringify({ plan, sort });

      expect(await pages(store, plan, sort, 9), asked).to.deep.equal(
        await pages(reference, plan, sort, 9),
      );
    }
  });

  it('reads dates of the far past, of today and of the future, open ends among them', async () => {
    const now = Date.now();
    const lows = [
      -8.64e15,
      Date.UTC(1066, 9, 14),
      0,
      now - day,
      now,
      now,
      now + 400 * day,
      8.64e15 - 1,
    ];
    await commit(
      lows.map((low, place) =>
        put(`Patient/${String(place)}`, [token('Patient.a', 'b'), date('Patient.date', low)]),
      ),
    );
    await commit([put('Patient/none', [token('Patient.a', 'b')])]);
    const plan: Plan = { op: 'type', types: ['Patient'] };

    for (const direction of ['asc', 'desc'] as const)
      for (const size of [1, 2, 5]) {
        const sort: readonly Sort[] = [{ by: 'date', params: ['Patient.date'], direction }];
        expect(await pages(store, plan, sort, size)).to.deep.equal(
          await pages(reference, plan, sort, size),
        );
      }
  });

  it('puts in order no more than a stretch of it', async () => {
    const server = await startMongoServer();
    const url = server.url;
    const other = await openMongo({ url, searchSeconds: 60, fingerprint: 'test', mostSorted: 100 });
    const hour = 3_600_000;
    const now = Date.now();
    await other.resources.commit(
      Array.from({ length: 3000 }, (_, hours) =>
        put(`Observation/${String(hours)}`, [date('Observation.date', now - hours * hour)]),
      ),
    );
    const plan: Plan = { op: 'type', types: ['Observation'] };
    const sort = [{ by: 'date', params: ['Observation.date'], direction: 'desc' }] as const;

    const first = await other.resources.search(plan, { sort, size: 20 });
    const second = await other.resources.search(plan, { sort, size: 20, after: first.next! });

    expect([...namesOf(first), ...namesOf(second)]).to.deep.equal(
      Array.from({ length: 40 }, (_, hours) => `Observation/${String(hours)}`),
    );
    const { pipeline } = server.last('aggregate') as { readonly pipeline: readonly object[] };
    const [, low, high] =
      /"l":\{"\$gte":(-?\d+),"\$lte":(-?\d+)\}/.exec(JSON.stringify(pipeline)) ?? [];
    expect((Number(high) - Number(low)) / hour).to.be.lessThan(200);
    await other.close();
    await server.close();
  });
});
