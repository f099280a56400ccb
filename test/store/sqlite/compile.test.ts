// Whatever way the compiler chooses, the result is that of the reference: here a chance chooses.

import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store, Version } from '#src/store/port.ts';
import { openConnection, type Connection } from '#src/store/sqlite/connection.ts';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { createReader, type Reader } from '#src/store/sqlite/reader.ts';
import { and, type Plan } from '#src/search/plan.ts';
import type { Window } from '#src/search/window.ts';
import { put } from '#test/contract/support/build.ts';
import {
  randomEntries,
  randomName,
  randomPlan,
  randomSort,
} from '#test/contract/support/random.ts';
import { chanceOf, type Chance } from '#test/support/chance.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openIn, temporaryFolder } from '../support/folder.ts';

const plans = process.env['LONG'] === '1' ? 20_000 : 1500;
const unlimited = { cost: Infinity };

describe('the compiler', function () {
  this.timeout(600_000);
  const chance = chanceOf(Number(process.env['SEED'] ?? 0) + 99);
  const expected = openMemoryStore();
  let dataDir: string;
  let store: Store;
  let connection: Connection;
  let reader: Reader;
  before(async () => {
    dataDir = await temporaryFolder();
    store = await openIn(dataDir);
    const numbers = new Map<string, number>();
    for (let step = 0; step < 120; step += 1) {
      const name = randomName(chance);
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      const deleted = number > 1 && chance.below(4) === 0;
      const change = put(`${name}/${String(number)}`, randomEntries(name.split('/')[0]!, chance), {
        deleted,
        at: 1_700_000_000_000 + (step >> 3),
      });
      await Promise.all([store, expected].map((each) => each.resources.commit([change])));
    }
    connection = openConnection(join(dataDir, fileName), 'read', 8);
    reader = createReader(connection, { rows: () => Math.floor(1 / (chance.next() + 1e-6)) });
  });
  after(async () => {
    connection.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  const namesBy = (plan: Plan, window: Window): readonly string[] =>
    (reader.search(plan, window, unlimited)?.items ?? []).map(nameOf);

  it(`gives the same whichever way it takes, for ${String(plans)} plans and two ways each`, async () => {
    for (let count = 0; count < plans; count += 1) {
      const { plan, sort } =
        chance.below(4) === 0
          ? randomDates(chance)
          : { plan: randomPlan(chance), sort: randomSort(chance) };
      const window = { sort, size: 1 + chance.below(30) };
      const first = await expected.resources.search(plan, window);
      const asked = JSON.stringify({ plan, window });

      expect(namesBy(plan, window), asked).to.deep.equal(first.items.map(nameOf));
      expect(reader.count(plan, unlimited), asked).to.equal(await expected.resources.count(plan));
      if (first.next === undefined) continue;
      const second = await expected.resources.search(plan, { ...window, after: first.next });
      expect(namesBy(plan, { ...window, after: first.next }), asked).to.deep.equal(
        second.items.map(nameOf),
      );
      if (second.previous !== undefined)
        expect(namesBy(plan, { ...window, before: second.previous }), asked).to.deep.equal(
          first.items.map(nameOf),
        );
    }
  });
});

/** Conditions on a date and its order in one: the way then has a beginning and an end. */
const randomDates = (chance: Chance): { readonly plan: Plan; readonly sort: Window['sort'] } => {
  const type = chance.pick(['Patient', 'Observation']);
  const params = [`${type}.only-date`];
  const leaf = (): Plan => {
    const low = chance.below(40) * 43_200_000;
    const prefix = chance.pick(['eq', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const);
    return {
      op: 'date',
      params,
      prefix,
      low,
      high: low + chance.pick([1, 86_400_000, 864_000_000]),
    };
  };
  const leaves = Array.from({ length: 1 + chance.below(2) }, leaf);
  const direction = chance.pick(['asc', 'desc'] as const);
  return {
    plan: and({ op: 'type', types: [type] }, ...leaves),
    sort: [{ by: 'date', params, direction }],
  };
};

const nameOf = ({ type, id }: Version): string => `${type}/${id}`;
