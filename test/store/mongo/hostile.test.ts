// Input that means something to a document database means nothing to Meridian, on either engine.

import { expect } from 'chai';
import type { Plan } from '#src/search/plan.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { put, search, string, token } from '#test/contract/support/build.ts';

const texts = [
  '$where',
  '{"$gt":""}',
  '$gt',
  'this.a == 1 || sleep(1000)',
  '.*',
  '^',
  '(?s).',
  '\\x00',
  '\0',
  'a.b',
  '$a.$b',
  '$$ROOT',
  '$token',
  '__proto__',
  'constructor',
  '\u{1f600}',
];
const names = ['$where', '$gt', 'a.b', '.', '', '$', '__proto__', 'constructor', '$$ROOT', '_id'];

for (const engine of engines)
  describe(`hostile input on ${engine.name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened.close());

    it('finds by such a text what has it, by every kind of leaf, and nothing else', async () => {
      const { store } = opened;
      await store.resources.commit([
        put('Patient/innocent', [token('Patient.code', 'plain'), string('Patient.name', 'plain')]),
        ...texts.map((text, place) =>
          put(`Patient/${String(place)}`, [
            token('Patient.code', text, text),
            string('Patient.name', text),
            { kind: 'uri', param: 'Patient.link', n: 0, uri: text },
            { kind: 'reference', param: 'Patient.other', n: 0, target: text },
          ]),
        ),
      ]);
      const leaves = (text: string): readonly Plan[] => [
        { op: 'token', params: ['Patient.code'], any: [{ system: text, code: text }] },
        {
          op: 'string',
          params: ['Patient.name'],
          match: 'exact',
          text,
          folded: text.toLowerCase(),
        },
        { op: 'uri', params: ['Patient.link'], match: 'equals', uri: text },
        { op: 'reference', params: ['Patient.other'], targets: [text] },
      ];

      for (const [place, text] of texts.entries()) {
        for (const plan of leaves(text))
          expect(await search(store, plan), `${plan.op} ${text}`).to.deep.equal([
            `Patient/${String(place)}`,
          ]);
        const contains: Plan = {
          ...{ op: 'string', params: ['Patient.name'], match: 'contains' },
          text: text.toLowerCase(),
        };
        const found = await search(store, contains);
        expect(found, text)
          .to.include(`Patient/${String(place)}`)
          .and.not.include('Patient/innocent');
      }
    });

    it('looks for texts longer than any pattern may be', async () => {
      const { store } = opened;
      const long = `${'.*\\'.repeat(20_000)}$where`;
      await store.resources.commit([
        put('Patient/long', [string('Patient.name', `a${long}b`)]),
        put('Patient/short', [string('Patient.name', 'a'), string('Patient.other', long)]),
      ]);
      const contains = (text: string): Plan => ({
        ...{ op: 'string', params: ['Patient.name'], match: 'contains', text },
      });

      expect(await search(store, contains(long))).to.deep.equal(['Patient/long']);
      expect(await search(store, contains(`x${long}`))).to.deep.equal([]);
      expect(await search(store, { op: 'not', plan: contains(long) })).to.deep.equal([
        'Patient/short',
      ]);
    });

    it('takes such texts for params, types, ids, custodians and sorts, and finds nothing', async () => {
      const { store } = opened;
      await store.resources.commit([put('Patient/1', [token('Patient.code', 'a')])]);

      for (const text of texts) {
        const plans: readonly Plan[] = [
          { op: 'token', params: [text], any: [{ code: 'a' }] },
          { op: 'present', kind: 'token', params: [text] },
          { op: 'type', types: [text] },
          { op: 'id', ids: [text] },
          { op: 'custodian', organizations: [text] },
        ];
        for (const plan of plans) expect(await search(store, plan), text).to.deep.equal([]);
        const sort = [{ by: 'token' as const, params: [text], direction: 'asc' as const }];
        expect(await search(store, { op: 'type', types: ['Patient'] }, { sort })).to.deep.equal([
          'Patient/1',
        ]);
        expect(await store.resources.read([{ type: text, id: text, version: text }])).to.deep.equal(
          [undefined],
        );
      }
    });

    it('keeps records with such names and values, and finds them by those alone', async () => {
      const { records } = opened.store;
      await records.put('kind', 'innocent', { name: 'plain' });
      for (const name of names) {
        const value = JSON.parse(
          JSON.stringify({ inner: { x: 1 } }).replace('inner', name),
        ) as object;
        await records.put(name, name, value);
        await records.put('kind', name, JSON.parse(`{${JSON.stringify(name)}:"$where"}`) as object);

        expect(JSON.stringify(await records.get(name, name))).to.equal(JSON.stringify(value));
        const where = JSON.parse(`{${JSON.stringify(name)}:"$where"}`) as Record<string, string>;
        expect(await records.find('kind', where), name).to.have.length(1);
        expect(await records.take('kind', name)).to.not.equal(undefined);
        expect(await records.find('kind', where)).to.deep.equal([]);
      }
      expect(await records.find('kind', {})).to.deep.equal([{ name: 'plain' }]);
    });
  });
