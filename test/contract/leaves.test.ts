// Every kind of leaf and node: what it finds, and how each engine is asked for it.

import { expect } from 'chai';
import type { Comparison, Plan, StringLeaf, TokenLeaf, UriLeaf } from '#src/search/plan.ts';
import type { Entry } from '#src/search/entry.ts';
import type { Store } from '#src/store/port.ts';
import { date, number, put, reference, search, string, token } from './support/build.ts';
import { engines, type Opened } from './support/engines.ts';

interface Case {
  readonly name: string;
  readonly plan: Plan;
  readonly finds: readonly string[];
  /** What the statement of an engine must contain. */
  readonly compiled: { readonly sqlite: string; readonly mongo: string };
}

const uri = (param: string, value: string): Entry => ({ kind: 'uri', param, n: 0, uri: value });

const stored: Readonly<Record<string, readonly Entry[]>> = {
  'Patient/ada': [
    token('Patient.gender', 'female', 'http://gender'),
    token('Patient.identifier', '1', 'http://a'),
    string('Patient.name', 'Ada'),
    date('Patient.birthdate', 1000, 2000),
    reference('Patient.organization', 'Organization/ward'),
  ],
  'Patient/adam': [
    token('Patient.gender', 'male', 'http://gender'),
    token('Patient.identifier', '1', 'http://b'),
    string('Patient.name', 'ADAM'),
    date('Patient.birthdate', 3000, 4000),
  ],
  'Organization/ward': [
    reference('Organization.partof', 'Organization/clinic'),
    uri('Organization.url', 'http://x/a/b'),
  ],
  'Organization/clinic': [
    string('Organization.name', 'Clinic'),
    uri('Organization.url', 'http://x/a'),
  ],
  'Observation/weight': [
    reference('Observation.subject', 'Patient/ada'),
    number('Observation.value', 70, 'kg'),
    token('Observation.pair#0', 'systolic', '', 1),
    number('Observation.pair#1', 120, '', 1),
    token('Observation.pair#0', 'diastolic', '', 2),
    number('Observation.pair#1', 80, '', 2),
  ],
};

const isToken = (any: TokenLeaf['any'], ...params: readonly string[]): Plan => ({
  op: 'token',
  params,
  any,
});
const isString = (match: StringLeaf['match'], text: string, folded?: string): Plan => ({
  op: 'string',
  params: ['Patient.name'],
  match,
  text,
  ...(folded === undefined ? {} : { folded }),
});
const isUri = (match: UriLeaf['match'], value: string): Plan => ({
  op: 'uri',
  params: ['Organization.url'],
  match,
  uri: value,
});
const born = (prefix: Comparison['prefix'], low: number, high: number): Plan => ({
  op: 'date',
  params: ['Patient.birthdate'],
  prefix,
  low,
  high,
});
const weighs = (prefix: Comparison['prefix'], value: number): Plan => ({
  op: 'number',
  params: ['Observation.value'],
  unit: 'kg',
  prefix,
  low: prefix === 'eq' ? value - 0.5 : value,
  high: prefix === 'eq' ? value + 0.5 : value,
});
const pair = (code: string, value: number): Plan => ({
  op: 'composite',
  parts: [
    { op: 'token', params: ['Observation.pair#0'], any: [{ code }] },
    {
      op: 'number',
      params: ['Observation.pair#1'],
      unit: '',
      prefix: 'eq',
      low: value - 0.5,
      high: value + 0.5,
    },
  ],
});
const everybody = Object.keys(stored);

const cases: readonly Case[] = [
  {
    name: 'everything',
    plan: { op: 'everything' },
    finds: everybody,
    compiled: { sqlite: 'resource t0 NOT INDEXED', mongo: '{"live":true}' },
  },
  {
    name: 'a type',
    plan: { op: 'type', types: ['Patient'] },
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'INDEXED BY resource_type WHERE t1.type = ?', mongo: 'by type_1_key_1' },
  },
  {
    name: 'an id',
    plan: { op: 'id', ids: ['ada', 'ward'] },
    finds: ['Patient/ada', 'Organization/ward'],
    compiled: { sqlite: 'INDEXED BY resource_name', mongo: 'by id_1_key_1' },
  },
  {
    name: 'the last update',
    plan: { op: 'updated', prefix: 'sa', low: 0, high: 1 },
    finds: everybody,
    compiled: { sqlite: 'resource', mongo: '"at":{"$gte":1}' },
  },
  {
    name: 'a custodian',
    plan: { op: 'custodian', organizations: ['Organization/ward'] },
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY resource_custodian', mongo: 'by custodian_1_type_1_key_1' },
  },
  {
    name: 'a code of any system',
    plan: isToken([{ code: '1' }], 'Patient.identifier'),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: {
      sqlite: 'INDEXED BY token_value WHERE t1.param = ? AND t1.code = ?',
      mongo: '"token":{"$elemMatch":{"p":{"$eq":"Patient.identifier"},"c":{"$eq":"1"}}}',
    },
  },
  {
    name: 'a code of a system',
    plan: isToken([{ system: 'http://b', code: '1' }], 'Patient.identifier'),
    finds: ['Patient/adam'],
    compiled: { sqlite: '+t1.system = ?', mongo: '"s":{"$eq":"http://b"}' },
  },
  {
    name: 'a system',
    plan: isToken([{ system: 'http://a' }], 'Patient.identifier'),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'EXISTS (SELECT 1 FROM token', mongo: 'by token.p_1_token.c_1_key_1' },
  },
  {
    name: 'one of several codes',
    plan: isToken(
      [{ code: 'male' }, { system: 'http://gender', code: 'female' }],
      'Patient.gender',
    ),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'UNION', mongo: '"c":{"$in":["male","female"]},"$or"' },
  },
  {
    name: 'no code of no system',
    plan: isToken([{ system: '', code: '1' }], 'Patient.identifier'),
    finds: [],
    compiled: { sqlite: '', mongo: '"s":{"$eq":""}' },
  },
  {
    name: 'the beginning of a text',
    plan: isString('starts', 'ada'),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'INDEXED BY string_', mongo: 'by string.p_1_string.f_1_key_1' },
  },
  {
    name: 'a part of a text',
    plan: isString('contains', 'dam'),
    finds: ['Patient/adam'],
    compiled: { sqlite: 'instr(', mongo: '"f":{"$regex":"dam"}' },
  },
  {
    name: 'an exact text',
    plan: isString('exact', 'Ada', 'ada'),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY string_value', mongo: '"f":{"$eq":"ada"},"x":{"$eq":"Ada"}' },
  },
  {
    name: 'a reference',
    plan: { op: 'reference', params: ['Observation.subject'], targets: ['Patient/ada'] },
    finds: ['Observation/weight'],
    compiled: {
      sqlite: 'INDEXED BY reference_value',
      mongo: 'by reference.p_1_reference.t_1_key_1',
    },
  },
  {
    name: 'a uri',
    plan: isUri('equals', 'http://x/a'),
    finds: ['Organization/clinic'],
    compiled: { sqlite: 'INDEXED BY uri_value', mongo: 'by uri.p_1_uri.u_1_key_1' },
  },
  {
    name: 'a uri and below',
    plan: isUri('below', 'http://x/a'),
    finds: ['Organization/ward', 'Organization/clinic'],
    compiled: {
      sqlite: 'INDEXED BY uri_value',
      mongo: '{"$gte":"http://x/a/","$lt":"http://x/a0"}',
    },
  },
  {
    name: 'a uri and above',
    plan: isUri('above', 'http://x/a/b/c'),
    finds: ['Organization/ward', 'Organization/clinic'],
    compiled: {
      sqlite: 'INDEXED BY uri_value',
      mongo: '{"$in":["http://x/a/b/c","http:","http:/","http://x","http://x/a","http://x/a/b"]}',
    },
  },
  {
    name: 'a date',
    plan: born('eq', 0, 2000),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY date_value', mongo: 'by date.p_1_date.l_1' },
  },
  {
    name: 'a later date',
    plan: born('gt', 1500, 2500),
    finds: ['Patient/adam'],
    compiled: { sqlite: 'date', mongo: '"h":{"$gt":2500}' },
  },
  {
    name: 'a number',
    plan: weighs('eq', 70),
    finds: ['Observation/weight'],
    compiled: { sqlite: 'INDEXED BY number_value', mongo: 'by number.p_1_number.u_1_number.l_1' },
  },
  {
    name: 'a greater number',
    plan: weighs('gt', 70),
    finds: [],
    compiled: { sqlite: '.high > ?', mongo: '"h":{"$gt":70}' },
  },
  {
    name: 'a value that is there',
    plan: { op: 'present', kind: 'date', params: ['Patient.birthdate'] },
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'date', mongo: '"date":{"$elemMatch":{"p":{"$eq":"Patient.birthdate"}}}' },
  },
  {
    name: 'a pair of one element',
    plan: pair('systolic', 120),
    finds: ['Observation/weight'],
    compiled: { sqlite: '.n = ', mongo: '"tuples":{"$elemMatch":{"$and"' },
  },
  {
    name: 'no pair of two elements',
    plan: pair('systolic', 80),
    finds: [],
    compiled: { sqlite: '.n = ', mongo: '"tuples":{"$elemMatch":{"$and"' },
  },
  {
    name: 'a chain',
    plan: {
      op: 'to',
      params: ['Observation.subject'],
      plan: isToken([{ code: 'female' }], 'Patient.gender'),
    },
    finds: ['Observation/weight'],
    compiled: { sqlite: 'reference', mongo: '"t":{"$eq":"Patient/ada"}' },
  },
  {
    name: 'a chain of chains',
    plan: {
      op: 'to',
      params: ['Observation.subject'],
      plan: {
        op: 'to',
        params: ['Patient.organization'],
        plan: {
          op: 'to',
          params: ['Organization.partof'],
          plan: { op: 'string', params: ['Organization.name'], match: 'starts', text: 'cli' },
        },
      },
    },
    finds: ['Observation/weight'],
    compiled: { sqlite: 'reference', mongo: '"t":{"$eq":"Patient/ada"}' },
  },
  {
    name: 'a reverse chain',
    plan: { op: 'from', params: ['Observation.subject'], plan: weighs('eq', 70) },
    finds: ['Patient/ada'],
    compiled: { sqlite: 'reference', mongo: '"_id":{"$eq":"Patient/ada"}' },
  },
  {
    name: 'what does not hold',
    plan: {
      op: 'and',
      plans: [
        { op: 'type', types: ['Patient'] },
        { op: 'not', plan: isString('starts', 'adam') },
      ],
    },
    finds: ['Patient/ada'],
    compiled: { sqlite: 'NOT (EXISTS', mongo: '"$nor"' },
  },
  {
    name: 'one or the other',
    plan: { op: 'or', plans: [isString('starts', 'adam'), isUri('equals', 'http://x/a')] },
    finds: ['Patient/adam', 'Organization/clinic'],
    compiled: { sqlite: 'UNION', mongo: '"$or"' },
  },
];

for (const engine of engines) {
  const { name: engineName } = engine;
  describe(`leaves on ${engine.name}`, () => {
    let opened: Opened;
    let store: Store;
    before(async () => {
      opened = await engine.open();
      store = opened.store;
      for (const [name, entries] of Object.entries(stored)) {
        const custodian = name === 'Patient/ada' ? { custodian: 'Organization/ward' } : {};
        await store.resources.commit([put(name, entries, custodian)]);
      }
    });
    after(() => opened.close());

    for (const { name, plan, finds, compiled } of cases) {
      it(`finds ${name}`, async () => {
        expect(await search(store, plan)).to.deep.equal(finds);
        expect(await store.resources.count(plan)).to.equal(finds.length);
      });

      if (engineName !== 'memory')
        it(`compiles ${name}`, async () => {
          const explained = await store.resources.explain(plan, { sort: [], size: 2 });

          expect(JSON.stringify(explained)).to.contain(compiled[engineName]);
        });
    }

    it('finds nothing of params and types nobody has', async () => {
      const nobody: readonly Plan[] = [
        isToken([{ code: '1' }], 'Patient.nobody'),
        { op: 'type', types: ['Nothing'] },
        { op: 'to', params: ['Observation.subject'], plan: { op: 'type', types: ['Nothing'] } },
        { op: 'present', kind: 'uri', params: ['Patient.nobody'] },
      ];
      for (const plan of nobody) {
        expect(await search(store, plan)).to.deep.equal([]);
        expect(await search(store, { op: 'not', plan })).to.have.members(everybody);
      }
    });
  });
}
