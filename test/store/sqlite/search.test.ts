// Searches of the embedded store: none scans a table, none blocks reads, and what takes too long is stopped.

import { expect } from 'chai';
import { and, everything, type Plan } from '#src/search/plan.ts';
import type { Sort } from '#src/search/window.ts';
import { TooSlow, type Store } from '#src/store/port.ts';
import type { Entry } from '#src/search/entry.ts';
import { date, put, reference, string, token, tokenIs } from '#test/contract/support/build.ts';
import { rm } from 'node:fs/promises';
import { inFolder, openIn, temporaryFolder } from '../support/folder.ts';

const patients = 3000;
const isPatient: Plan = { op: 'type', types: ['Patient'] };
const isObservation: Plan = { op: 'type', types: ['Observation'] };
const code = tokenIs('Observation.code', 'weight', 'http://loinc.org');
const starts = (text: string): Plan => ({
  op: 'string',
  params: ['Patient.name'],
  match: 'starts',
  text,
});
const newest: Sort = { by: 'date', params: ['Observation.date'], direction: 'desc' };

const entriesOf = (
  id: number,
): { readonly patient: readonly Entry[]; readonly observation: readonly Entry[] } => ({
  patient: [
    token('Patient.identifier', `mrn-${String(id)}`, 'http://hospital'),
    token('Patient.gender', id % 2 === 0 ? 'female' : 'male'),
    string('Patient.name', `name-${String(id)}`),
    date('Patient.birthdate', id * 86_400_000, (id + 1) * 86_400_000),
  ],
  observation: [
    token('Observation.code', id % 2 === 0 ? 'weight' : 'height', 'http://loinc.org'),
    date('Observation.date', id * 1000),
    reference('Observation.subject', `Patient/${String(id)}`),
    reference('Resource._compartment', `Patient/${String(id)}`),
  ],
});

const load = async (store: Store): Promise<void> => {
  for (let start = 0; start < patients; start += 500)
    await store.resources.commit(
      Array.from({ length: 500 }, (_, offset) => start + offset).flatMap((id) => {
        const { patient, observation } = entriesOf(id);
        return [
          put(`Patient/${String(id)}`, patient),
          put(`Observation/${String(id)}`, observation),
        ];
      }),
    );
};

const standard: Readonly<Record<string, readonly [Plan, readonly Sort[]]>> = {
  'an identifier': [and(isPatient, tokenIs('Patient.identifier', 'mrn-7', 'http://hospital')), []],
  'a gender': [and(isPatient, tokenIs('Patient.gender', 'female')), []],
  'the beginning of a name': [and(isPatient, starts('name-77')), []],
  'hundreds of beginnings of a name': [
    { op: 'or', plans: Array.from({ length: 300 }, (_, n) => starts(`name-2${String(n)}x`)) },
    [],
  ],
  'a common beginning of a name': [and(isPatient, starts('name')), []],
  'a birth date': [
    and(isPatient, {
      op: 'date',
      params: ['Patient.birthdate'],
      prefix: 'eq',
      low: 0,
      high: 86_400_000,
    }),
    [],
  ],
  'a patient and a code, newest first': [
    and(
      isObservation,
      { op: 'reference', params: ['Observation.subject'], targets: ['Patient/7'] },
      code,
    ),
    [newest],
  ],
  'a code, newest first': [and(isObservation, code), [newest]],
  'a chain': [
    and(isObservation, {
      op: 'to',
      params: ['Observation.subject'],
      plan: and(isPatient, starts('name-77')),
    }),
    [],
  ],
  'a reverse chain': [
    and(isPatient, { op: 'from', params: ['Observation.subject'], plan: and(isObservation, code) }),
    [],
  ],
  'a compartment': [
    and(
      { op: 'reference', params: ['Resource._compartment'], targets: ['Patient/7'] },
      isObservation,
    ),
    [],
  ],
  'a type': [isPatient, []],
  'a type, last updated first': [isPatient, [{ by: 'updated', direction: 'desc' }]],
  'a type by name': [isPatient, [{ by: 'string', params: ['Patient.name'], direction: 'asc' }]],
};

describe('searching the embedded store', function () {
  this.timeout(60_000);
  let dataDir: string;
  let store: Store;
  before(async () => {
    dataDir = await temporaryFolder();
    store = await openIn(dataDir);
    await load(store);
  });
  after(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  for (const [name, [plan, sort]] of Object.entries(standard))
    it(`scans nothing for ${name}`, async () => {
      const { statements } = (await store.resources.explain(plan, { sort, size: 20 })) as {
        readonly statements: readonly { readonly steps: readonly string[] }[];
      };

      // What a statement has found itself (page, valued, a subquery) it may go through.
      const scans = statements
        .flatMap(({ steps }) => steps)
        .filter((step) => /^SCAN (?!page|valued|found|json_each|\()/.test(step));
      expect(scans).to.deep.equal([]);
    });

  it('lets SQLite see no limit when it plans, because it would compile the statement at every run', async () => {
    const all = await Promise.all(
      Object.values(standard).map(([plan, sort]) =>
        store.resources.explain(plan, { sort, size: 20 }),
      ),
    );

    const texts = (all as { readonly statements: readonly { readonly sql: string }[] }[])
      .flatMap(({ statements }) => statements)
      .map(({ sql }) => sql);
    expect(texts.filter((text) => !text.includes('LIMIT ? + 0'))).to.deep.equal([]);
  });

  it('sorts by the newest of several dates, also when resources had only one until now', () =>
    inFolder(async (folder) => {
      const own = await openIn(folder);
      const dated = (id: string, ...times: readonly number[]) =>
        put(`Observation/${id}`, [
          token('Observation.code', 'weight', 'http://loinc.org'),
          ...times.map((time) => date('Observation.date', time)),
        ]);
      const ids = async (): Promise<readonly string[]> => {
        const page = await own.resources.search(and(isObservation, code), {
          sort: [newest],
          size: 3,
        });
        return page.items.map(({ id }) => id);
      };
      // So many that going through the dates is the shorter way.
      await own.resources.commit(
        Array.from({ length: 200 }, (_, n) => dated(`old-${String(n)}`, n)),
      );
      await own.resources.commit([dated('one', 1000), dated('two', 2000)]);
      const before = await ids();

      await own.resources.commit([dated('several', 1500, 10, 3000, 1000)]);

      expect(before).to.deep.equal(['two', 'one', 'old-199']);
      expect(await ids()).to.deep.equal(['several', 'two', 'one']);
      await own.close();
    }));

  it('looks at few rows for a page of a common value', async () => {
    const { expectedMicroseconds } = (await store.resources.explain(
      and(isPatient, tokenIs('Patient.gender', 'female')),
      { sort: [newest], size: 20 },
    )) as { readonly expectedMicroseconds: number };

    expect(expectedMicroseconds).to.be.lessThan(3000);
  });

  it('answers in another thread what would take long, and the same', async () => {
    const contains: Plan = {
      op: 'string',
      params: ['Patient.name'],
      match: 'contains',
      text: '2999',
    };

    const { items } = await store.resources.search(
      and(isPatient, { op: 'not', plan: { op: 'not', plan: contains } }),
      { sort: [], size: 20 },
    );

    expect(items.map(({ id }) => id)).to.deep.equal(['2999']);
  });

  it('goes on reading while searches take long', async () => {
    const slow: Plan = {
      op: 'not',
      plan: { op: 'from', params: ['Observation.subject'], plan: { op: 'not', plan: starts('x') } },
    };
    const state = { isDone: false };
    const counting = Promise.all([1, 2, 3].map(() => store.resources.count(slow))).finally(() => {
      state.isDone = true;
    });

    let longest = 0;
    for (let reads = 0; !state.isDone && reads < 10_000; reads += 1) {
      const start = performance.now();
      await store.resources.read([{ type: 'Patient', id: '7' }]);
      longest = Math.max(longest, performance.now() - start);
      await new Promise((resolve) => setImmediate(resolve));
    }

    await counting;
    expect(longest).to.be.lessThan(200);
  });

  it('sees every acknowledged commit in the other threads as well', async () => {
    const contains = (text: string): Plan => ({
      op: 'string',
      params: ['Patient.name'],
      match: 'contains',
      text,
    });
    for (let round = 0; round < 20; round += 1) {
      const name = `late-${String(round)}`;
      await store.resources.commit([put(`Patient/${name}`, [string('Patient.name', name)])]);

      expect(await store.resources.count(contains(name)), name).to.equal(1);
    }
  });

  it('stops what takes longer than a search may', () =>
    inFolder(async (folder) => {
      const hasty = await openIn(folder, { searchSeconds: 0.02 });
      await load(hasty);
      const contains: Plan = {
        op: 'string',
        params: ['Patient.name'],
        match: 'contains',
        text: 'x',
      };
      const everyPair: Plan = {
        op: 'from',
        params: ['Observation.subject'],
        plan: {
          op: 'or',
          plans: Array.from({ length: 40 }, () => ({
            op: 'and' as const,
            plans: [contains, { op: 'not' as const, plan: contains }],
          })),
        },
      };

      const error = await hasty.resources.count({ op: 'not', plan: everyPair }).then(
        (count) => count,
        (thrown: unknown) => thrown,
      );
      await hasty.close();

      expect(error).to.be.instanceOf(TooSlow);
    }));

  it('takes plans of great breadth and depth', async () => {
    const wide: Plan = {
      op: 'or',
      plans: Array.from({ length: 3000 }, (_, id) => starts(`name-${String(id)}`)),
    };
    let deep: Plan = tokenIs('Patient.gender', 'female');
    for (let depth = 0; depth < 60; depth += 1)
      deep = { op: 'not', plan: { op: 'or', plans: [deep, starts('zzz')] } };
    const many: Plan = {
      op: 'token',
      params: ['Patient.identifier'],
      any: Array.from({ length: 5000 }, (_, id) => ({
        code: `mrn-${String(id)}`,
        system: 'http://hospital',
      })),
    };

    expect(await store.resources.count(and(isPatient, wide))).to.equal(patients);
    expect(await store.resources.count(and(isPatient, deep))).to.equal(patients / 2);
    expect(await store.resources.count(many)).to.equal(patients);
    expect(await store.resources.count(everything)).to.be.at.least(2 * patients);
  });
});
