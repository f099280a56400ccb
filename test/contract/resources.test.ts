// The resource port: reading, versions, deletions, reindexing, what is all or nothing.

import { expect } from 'chai';
import { everything, type Plan } from '#src/search/plan.ts';
import { Conflict, type Store } from '#src/store/port.ts';
import { namesOf, put, search, string, token, tokenIs, version } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';

const female = tokenIs('Patient.gender', 'female');
const isPatient: Plan = { op: 'type', types: ['Patient'] };
const gender = (code: string) => [token('Patient.gender', code)];
const failure = async (commit: Promise<void>): Promise<unknown> =>
  commit.then(
    () => undefined,
    (error: unknown) => error,
  );

for (const engine of engines) {
  describe(`resources on ${engine.name}`, () => {
    let opened: Opened;
    let store: Store;
    beforeEach(async () => {
      opened = await engine.open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it('reads what was committed, in the order of the keys, undefined where there is none', async () => {
      await store.resources.commit([put('Patient/1'), put('Patient/2')]);

      const found = await store.resources.read([
        { type: 'Patient', id: '2' },
        { type: 'Patient', id: 'none' },
        { type: 'Observation', id: '1' },
        { type: 'Patient', id: '1' },
      ]);

      expect(found).to.deep.equal([
        version('Patient/2'),
        undefined,
        undefined,
        version('Patient/1'),
      ]);
    });

    it('reads a former version by its number', async () => {
      await store.resources.commit([put('Patient/1')]);
      await store.resources.commit([put('Patient/1/2')]);

      const found = await store.resources.read(
        ['1', '2', '3', 'x'].map((number) => ({ type: 'Patient', id: '1', version: number })),
      );

      expect(found.map((each) => each?.version)).to.deep.equal(['1', '2', undefined, undefined]);
    });

    it('keeps the text as it was given, whatever is in it', async () => {
      const text =
        '{"a":1.10,"b":"\\u0000 \u{1f469}‍⚕️ \u00a0","__proto__":{"x":"\'; DROP TABLE version"}}';
      await store.resources.commit([put('Patient/1', [], { text })]);

      const [found] = await store.resources.read([{ type: 'Patient', id: '1' }]);

      expect(found?.text).to.equal(text);
    });

    it('keeps custodian and method of each version', async () => {
      const first = put('Patient/1', [], { custodian: 'Organization/1' });
      const second = put('Patient/1/2', [], { method: 'PATCH' });
      await store.resources.commit([first]);
      await store.resources.commit([second]);

      const { items } = await store.resources.versions({}, everything, { size: 10 });

      expect(items).to.deep.equal([second.version, first.version]);
    });

    it('finds an updated resource by its new values only', async () => {
      await store.resources.commit([put('Patient/1', gender('female'))]);
      await store.resources.commit([put('Patient/1/2', gender('male'))]);

      expect(await search(store, female)).to.deep.equal([]);
      expect(await search(store, tokenIs('Patient.gender', 'male'))).to.deep.equal(['Patient/1']);
    });

    it('reads a deleted resource as a deletion and finds it no more', async () => {
      await store.resources.commit([put('Patient/1', gender('female'))]);
      const deletion = put('Patient/1/2', [], { deleted: true });
      await store.resources.commit([deletion]);

      expect(await store.resources.read([{ type: 'Patient', id: '1' }])).to.deep.equal([
        deletion.version,
      ]);
      expect(await search(store, female)).to.deep.equal([]);
      expect(await search(store, everything)).to.deep.equal([]);
      expect(await store.resources.count(isPatient)).to.equal(0);
    });

    it('asks the last values of a deleted resource for the rights on its history', async () => {
      await store.resources.commit([
        put('Patient/1', gender('female')),
        put('Patient/2', gender('male')),
      ]);
      await store.resources.commit([put('Patient/1/2', [], { deleted: true })]);

      const { items } = await store.resources.versions({ type: 'Patient' }, female, { size: 10 });

      expect(items.map(({ id, version: number }) => `${id}/${number}`)).to.deep.equal([
        '1/2',
        '1/1',
      ]);
    });

    it('finds a resource that came back by the values it came back with', async () => {
      await store.resources.commit([put('Patient/1', gender('female'))]);
      await store.resources.commit([put('Patient/1/2', [], { deleted: true })]);
      await store.resources.commit([put('Patient/1/3', gender('male'))]);

      expect(await search(store, female)).to.deep.equal([]);
      expect(await search(store, tokenIs('Patient.gender', 'male'))).to.deep.equal(['Patient/1']);
    });

    it('keeps the default order of first storing through updates', async () => {
      await store.resources.commit([put('Patient/b'), put('Patient/a'), put('Patient/c')]);
      await store.resources.commit([put('Patient/b/2')]);

      expect(await search(store, isPatient)).to.deep.equal(['Patient/b', 'Patient/a', 'Patient/c']);
    });

    it('writes all changes of a commit or none', async () => {
      await store.resources.commit([put('Patient/1')]);

      const error = await failure(
        store.resources.commit([
          put('Patient/2', gender('female')),
          put('Patient/1/3'),
          put('Patient/3'),
        ]),
      );

      expect(error).to.be.instanceOf(Conflict).and.to.have.property('change', 1);
      expect(await search(store, everything)).to.deep.equal(['Patient/1']);
      expect(await search(store, female)).to.deep.equal([]);
    });

    it('lets others of the same moment stand when one commit conflicts', async () => {
      const commits = [put('Patient/1'), put('Patient/1/3'), put('Patient/2', gender('female'))];

      const results = await Promise.allSettled(
        commits.map((change) => store.resources.commit([change])),
      );

      expect(results.map(({ status }) => status)).to.deep.equal([
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(await search(store, isPatient)).to.deep.equal(['Patient/1', 'Patient/2']);
      expect(await search(store, female)).to.deep.equal(['Patient/2']);
    });

    it('replaces index values of a current version by a reindex, and leaves others alone', async () => {
      await store.resources.commit([put('Patient/1'), put('Patient/2')]);
      await store.resources.commit([put('Patient/2/2', gender('male'))]);
      const reindex = (id: string, number: string) => ({
        kind: 'reindex' as const,
        key: { type: 'Patient', id, version: number },
        entries: gender('female'),
      });

      await store.resources.commit([reindex('1', '1'), reindex('2', '1'), reindex('none', '1')]);

      expect(await search(store, female)).to.deep.equal(['Patient/1']);
      expect(await search(store, tokenIs('Patient.gender', 'male'))).to.deep.equal(['Patient/2']);
    });

    it('takes the same value twice, and texts that mean something in query languages', async () => {
      const texts = ["'; --", '%', '_', '$gt', '{"$gt":""}', '.*', '\\', '\u{1f600}'];
      const entries = texts.map((text) => string('Patient.name', text));
      await store.resources.commit([put('Patient/1', [...entries, ...entries]), put('Patient/2')]);

      for (const text of texts) {
        const plan: Plan = { op: 'string', params: ['Patient.name'], match: 'contains', text };
        expect(await search(store, plan), text).to.deep.equal(['Patient/1']);
      }
    });

    it('gives no items and no positions for a page of none', async () => {
      await store.resources.commit([put('Patient/1')]);

      expect(await store.resources.search(isPatient, { sort: [], size: 0 })).to.deep.equal({
        items: [],
      });
    });

    it('pages through a history', async () => {
      for (let number = 1; number <= 5; number += 1)
        await store.resources.commit([put(`Patient/1/${String(number)}`)]);

      const first = await store.resources.versions({ type: 'Patient', id: '1' }, everything, {
        size: 2,
      });
      const second = await store.resources.versions({ type: 'Patient', id: '1' }, everything, {
        size: 2,
        after: first.next!,
      });
      const back = await store.resources.versions({ type: 'Patient', id: '1' }, everything, {
        size: 2,
        before: second.previous!,
      });

      const numbers = [first, second, back].map(({ items }) => items.map((each) => each.version));
      expect(numbers).to.deep.equal([
        ['5', '4'],
        ['3', '2'],
        ['5', '4'],
      ]);
      expect(first.previous).to.equal(undefined);
      expect(
        await store.resources.countVersions({ type: 'Patient', id: '1' }, everything, {}),
      ).to.equal(5);
    });

    it('keeps of a history what was current at a time', async () => {
      for (let number = 1; number <= 4; number += 1)
        await store.resources.commit([
          put(`Patient/1/${String(number)}`, [], { at: number * 100 }),
        ]);
      const at = async (low: number, high: number) =>
        (await store.resources.versions({}, everything, { size: 10, at: { low, high } })).items.map(
          (each) => each.version,
        );

      expect(await at(150, 151)).to.deep.equal(['1']);
      expect(await at(150, 201)).to.deep.equal(['2', '1']);
      expect(await at(200, 300)).to.deep.equal(['2']);
      expect(await at(1000, 1001)).to.deep.equal(['4']);
      expect(await at(0, 100)).to.deep.equal([]);
    });

    it('explains how it would search', async () => {
      await store.resources.commit([put('Patient/1', gender('female'))]);

      const explained = await store.resources.explain(female, { sort: [], size: 10 });

      expect(explained).to.be.an('object').that.has.property('way').that.is.a('string');
    });

    it('answers a ping', () => store.ping());

    it('finds by a page what it names', async () => {
      await store.resources.commit([put('Patient/1'), put('Observation/1')]);

      const page = await store.resources.search(isPatient, { sort: [], size: 10 });

      expect(namesOf(page)).to.deep.equal(['Patient/1']);
    });
  });
}
