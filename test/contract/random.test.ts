// Every engine against the reference: random resources, random plans, random orders, page by page in both directions.

import { expect } from 'chai';
import type { Plan } from '#src/search/plan.ts';
import type { Sort } from '#src/search/window.ts';
import type { Change, Page, Store, Version } from '#src/store/port.ts';
import { chanceOf, type Chance } from '#test/support/chance.ts';
import { put } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';
import { idsPerType, randomEntries, randomName, randomPlan, randomSort } from './support/random.ts';

const long = process.env['LONG'] === '1';
const plansPerWorld = long ? 2000 : 250;
const worlds = long ? 20 : 4;
/** A stand-in takes its time. */
const fewPlans = 500;

const start = 1_700_000_000_000;

/** Creates, updates, deletions and returns of what was deleted. */
const randomHistory = (chance: Chance): readonly Change[] => {
  const versions = new Map<string, number>();
  return Array.from({ length: idsPerType * 4 }, (_, step) => {
    const name = randomName(chance);
    const number = (versions.get(name) ?? 0) + 1;
    versions.set(name, number);
    const deleted = number > 1 && chance.below(4) === 0;
    const custodian = chance.pick([undefined, 'Organization/1', 'Organization/2']);
    return put(
      `${name}/${String(number)}`,
      deleted ? [] : randomEntries(name.split('/')[0]!, chance),
      {
        deleted,
        at: start + (step >> 3),
        ...(custodian === undefined ? {} : { custodian }),
      },
    );
  });
};

/** All pages forward, then all pages backward from the end. */
const pages = async (store: Store, plan: Plan, sort: readonly Sort[], size: number) => {
  const forward = [];
  let page = await store.resources.search(plan, { sort, size });
  forward.push(page);
  while (page.next !== undefined) {
    page = await store.resources.search(plan, { sort, size, after: page.next });
    forward.push(page);
  }
  const backward = [];
  while (page.previous !== undefined) {
    page = await store.resources.search(plan, { sort, size, before: page.previous });
    backward.push(page);
  }
  return { forward: forward.map(withoutKeys), backward: backward.map(withoutKeys) };
};

/** Engines promise the same default order, not the same keys for it. */
const withoutKeys = ({ items, next, previous }: Page<Version>) => ({
  items,
  next: next?.slice(0, -1),
  previous: previous?.slice(0, -1),
});

const reference = engines[0]!;

for (const engine of engines.slice(1)) {
  describe(`random plans on ${engine.name}`, function () {
    this.timeout(600_000);

    const plans = engine.isStandIn === true ? Math.min(plansPerWorld, fewPlans) : plansPerWorld;
    for (let world = 1; world <= (engine.isStandIn === true ? 4 : worlds); world += 1) {
      describe(`in world ${String(world)}`, () => {
        const chance = chanceOf(Number(process.env['SEED'] ?? 0) * 1000 + world);
        let expected: Opened;
        let actual: Opened;
        before(async () => {
          [expected, actual] = await Promise.all([reference.open(), engine.open()]);
          for (const change of randomHistory(chance))
            for (const { store } of [expected, actual]) await store.resources.commit([change]);
        });
        after(() => Promise.all([expected.close(), actual.close()]));

        it(`gives the pages and counts of the reference for ${String(plans)} plans`, async () => {
          for (let count = 0; count < plans; count += 1) {
            const plan = randomPlan(chance);
            const sort = randomSort(chance);
            const size = 1 + chance.below(20);
            const asked = JSON.stringify({ plan, sort, size });

            expect(await pages(actual.store, plan, sort, size), asked).to.deep.equal(
              await pages(expected.store, plan, sort, size),
            );
            expect(await actual.store.resources.count(plan), asked).to.equal(
              await expected.store.resources.count(plan),
            );
          }
        });

        it('gives the histories of the reference', async () => {
          for (let count = 0; count < plans / 5; count += 1) {
            const plan = randomPlan(chance);
            const [type, id] = randomName(chance).split('/') as [string, string];
            const of = chance.pick([{}, { type }, { type, id }]);
            const low = start + chance.below(14);
            const window = chance.pick([
              {},
              { since: low },
              { at: { low, high: low + 1 } },
              { types: [type, 'Patient'] },
            ]);
            const asked = JSON.stringify({ plan, of, window });

            const texts = await Promise.all(
              [actual, expected].map(async ({ store }) => {
                const page = await store.resources.versions(of, plan, { size: 1000, ...window });
                const total = await store.resources.countVersions(of, plan, window);
                return { items: page.items, total };
              }),
            );
            expect(texts[0], asked).to.deep.equal(texts[1]);
          }
        });
      });
    }
  });
}
