// Page after page shows every unchanged resource exactly once while a writer goes on, under every sort.

import { expect } from 'chai';
import type { Plan } from '#src/search/plan.ts';
import type { Sort } from '#src/search/window.ts';
import type { Change, Store } from '#src/store/port.ts';
import { chanceOf, type Chance } from '#test/support/chance.ts';
import { date, namesOf, number, put, reference, string, token } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';

const isPatient: Plan = { op: 'type', types: ['Patient'] };
const isActive: Plan = { op: 'token', params: ['Patient.active'], any: [{ code: 'true' }] };
const count = 120;

/** Some lack a value, and many have the same. */
const randomEntries = (chance: Chance) => [
  token('Patient.active', 'true'),
  ...(chance.below(4) === 0 ? [] : [date('Patient.birthdate', chance.below(20))]),
  ...(chance.below(4) === 0
    ? []
    : [string('Patient.family', chance.pick(['Abel', 'Bell', 'Cole']))]),
  ...(chance.below(4) === 0 ? [] : [token('Patient.gender', chance.pick(['male', 'female']))]),
  ...(chance.below(4) === 0 ? [] : [number('Patient.score', chance.below(10))]),
  ...(chance.below(4) === 0
    ? []
    : [reference('Patient.organization', `Organization/${String(chance.below(3))}`)]),
];

const sorts: Readonly<Record<string, readonly Sort[]>> = {
  'the default order': [],
  ids: [{ by: 'id', direction: 'asc' }],
  'falling ids': [{ by: 'id', direction: 'desc' }],
  'birth dates': [{ by: 'date', params: ['Patient.birthdate'], direction: 'asc' }],
  'falling birth dates': [{ by: 'date', params: ['Patient.birthdate'], direction: 'desc' }],
  'family names': [{ by: 'string', params: ['Patient.family'], direction: 'asc' }],
  'falling genders': [{ by: 'token', params: ['Patient.gender'], direction: 'desc' }],
  scores: [{ by: 'number', params: ['Patient.score'], direction: 'asc' }],
  organizations: [{ by: 'reference', params: ['Patient.organization'], direction: 'asc' }],
  'gender, falling birth date and id': [
    { by: 'token', params: ['Patient.gender'], direction: 'asc' },
    { by: 'date', params: ['Patient.birthdate'], direction: 'desc' },
    { by: 'id', direction: 'asc' },
  ],
  'the last update': [{ by: 'updated', direction: 'asc' }],
  'the falling last update': [{ by: 'updated', direction: 'desc' }],
};

/** Even ids are left alone; odd ones are changed, deleted, brought back, and new ones come. */
const randomChange = (chance: Chance, versions: Map<string, number>): Change => {
  const isNew = versions.size < 2 * count && chance.below(4) === 0;
  const id = isNew ? `new-${String(versions.size)}` : String(2 * chance.below(count / 2) + 1);
  const version = (versions.get(id) ?? 0) + 1;
  versions.set(id, version);
  const deleted = version > 1 && chance.below(4) === 0;
  return put(`Patient/${id}/${String(version)}`, deleted ? [] : randomEntries(chance), {
    deleted,
    at:
      1_700_000_000_000 + 10 * count + [...versions.values()].reduce((sum, each) => sum + each, 0),
  });
};

for (const engine of engines) {
  describe(`paging on ${engine.name}`, () => {
    let opened: Opened;
    let store: Store;
    const versions = new Map<string, number>();
    const chance = chanceOf(7);
    before(async () => {
      opened = await engine.open();
      store = opened.store;
      for (let id = 0; id < count; id += 1) {
        versions.set(String(id), 1);
        const at = 1_700_000_000_000 + id;
        await store.resources.commit([put(`Patient/${String(id)}`, randomEntries(chance), { at })]);
      }
    });
    after(() => opened.close());

    for (const [name, sort] of Object.entries(sorts))
      for (const direction of ['forward', 'backward'] as const)
        it(`shows every unchanged resource once, ${direction} in the order of ${name}`, async () => {
          const unchanged = Array.from(
            { length: count / 2 },
            (_, place) => `Patient/${String(2 * place)}`,
          );
          const seen: string[] = [];
          const plan = chance.below(2) === 0 ? isPatient : isActive;
          const last = await lastOf(store, plan, sort);
          const start = direction === 'backward' ? { before: last.position } : {};
          if (direction === 'backward') seen.push(...last.names);
          let page = await store.resources.search(plan, { sort, size: 7, ...start });
          for (;;) {
            seen.push(...namesOf(page));
            for (let change = 0; change < 3; change += 1)
              await store.resources.commit([randomChange(chance, versions)]);
            const position = direction === 'forward' ? page.next : page.previous;
            if (position === undefined) break;
            page = await store.resources.search(plan, {
              sort,
              size: 7,
              [direction === 'forward' ? 'after' : 'before']: position,
            });
          }

          for (const each of unchanged)
            expect(
              seen.filter((other) => other === each),
              each,
            ).to.have.length(1);
        });
  });
}

/** The last resource and its position: what lies before it is the list read backward. */
const lastOf = async ({ resources }: Store, plan: Plan, sort: readonly Sort[]) => {
  const { items } = await resources.search(plan, { sort, size: 5000 });
  const { next } = await resources.search(plan, { sort, size: items.length - 1 });
  const last = await resources.search(plan, { sort, size: 1, after: next! });
  return { names: namesOf(last), position: last.previous! };
};
