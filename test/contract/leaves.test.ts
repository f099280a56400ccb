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
  readonly compiled: { readonly sqlite: string };
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
    compiled: { sqlite: 'resource t0 NOT INDEXED' },
  },
  {
    name: 'a type',
    plan: { op: 'type', types: ['Patient'] },
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'INDEXED BY resource_type WHERE t1.type = ?' },
  },
  {
    name: 'an id',
    plan: { op: 'id', ids: ['ada', 'ward'] },
    finds: ['Patient/ada', 'Organization/ward'],
    compiled: { sqlite: 'INDEXED BY resource_name' },
  },
  {
    name: 'the last update',
    plan: { op: 'updated', prefix: 'sa', low: 0, high: 1 },
    finds: everybody,
    compiled: { sqlite: 'resource' },
  },
  {
    name: 'a custodian',
    plan: { op: 'custodian', organizations: ['Organization/ward'] },
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY resource_custodian' },
  },
  {
    name: 'a code of any system',
    plan: isToken([{ code: '1' }], 'Patient.identifier'),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'INDEXED BY token_value WHERE t1.param = ? AND t1.code = ?' },
  },
  {
    name: 'a code of a system',
    plan: isToken([{ system: 'http://b', code: '1' }], 'Patient.identifier'),
    finds: ['Patient/adam'],
    compiled: { sqlite: '+t1.system = ?' },
  },
  {
    name: 'a system',
    plan: isToken([{ system: 'http://a' }], 'Patient.identifier'),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'EXISTS (SELECT 1 FROM token' },
  },
  {
    name: 'one of several codes',
    plan: isToken(
      [{ code: 'male' }, { system: 'http://gender', code: 'female' }],
      'Patient.gender',
    ),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'UNION' },
  },
  {
    name: 'no code of no system',
    plan: isToken([{ system: '', code: '1' }], 'Patient.identifier'),
    finds: [],
    compiled: { sqlite: '' },
  },
  {
    name: 'the beginning of a text',
    plan: isString('starts', 'ada'),
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'INDEXED BY string_' },
  },
  {
    name: 'a part of a text',
    plan: isString('contains', 'dam'),
    finds: ['Patient/adam'],
    compiled: { sqlite: 'instr(' },
  },
  {
    name: 'an exact text',
    plan: isString('exact', 'Ada', 'ada'),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY string_value' },
  },
  {
    name: 'a reference',
    plan: { op: 'reference', params: ['Observation.subject'], targets: ['Patient/ada'] },
    finds: ['Observation/weight'],
    compiled: { sqlite: 'INDEXED BY reference_value' },
  },
  {
    name: 'a uri',
    plan: isUri('equals', 'http://x/a'),
    finds: ['Organization/clinic'],
    compiled: { sqlite: 'INDEXED BY uri_value' },
  },
  {
    name: 'a uri and below',
    plan: isUri('below', 'http://x/a'),
    finds: ['Organization/ward', 'Organization/clinic'],
    compiled: { sqlite: 'INDEXED BY uri_value' },
  },
  {
    name: 'a uri and above',
    plan: isUri('above', 'http://x/a/b/c'),
    finds: ['Organization/ward', 'Organization/clinic'],
    compiled: { sqlite: 'INDEXED BY uri_value' },
  },
  {
    name: 'a date',
    plan: born('eq', 0, 2000),
    finds: ['Patient/ada'],
    compiled: { sqlite: 'INDEXED BY date_value' },
  },
  {
    name: 'a later date',
    plan: born('gt', 1500, 2500),
    finds: ['Patient/adam'],
    compiled: { sqlite: 'date' },
  },
  {
    name: 'a number',
    plan: weighs('eq', 70),
    finds: ['Observation/weight'],
    compiled: { sqlite: 'INDEXED BY number_value' },
  },
  {
    name: 'a greater number',
    plan: weighs('gt', 70),
    finds: [],
    compiled: { sqlite: '.high > ?' },
  },
  {
    name: 'a value that is there',
    plan: { op: 'present', kind: 'date', params: ['Patient.birthdate'] },
    finds: ['Patient/ada', 'Patient/adam'],
    compiled: { sqlite: 'date' },
  },
  {
    name: 'a pair of one element',
    plan: pair('systolic', 120),
    finds: ['Observation/weight'],
    compiled: { sqlite: '.n = ' },
  },
  {
    name: 'no pair of two elements',
    plan: pair('systolic', 80),
    finds: [],
    compiled: { sqlite: '.n = ' },
  },
  {
    name: 'a chain',
    plan: {
      op: 'to',
      params: ['Observation.subject'],
      plan: isToken([{ code: 'female' }], 'Patient.gender'),
    },
    finds: ['Observation/weight'],
    compiled: { sqlite: 'reference' },
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
    compiled: { sqlite: 'reference' },
  },
  {
    name: 'a reverse chain',
    plan: { op: 'from', params: ['Observation.subject'], plan: weighs('eq', 70) },
    finds: ['Patient/ada'],
    compiled: { sqlite: 'reference' },
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
    compiled: { sqlite: 'NOT (EXISTS' },
  },
  {
    name: 'one or the other',
    plan: { op: 'or', plans: [isString('starts', 'adam'), isUri('equals', 'http://x/a')] },
    finds: ['Patient/adam', 'Organization/clinic'],
    compiled: { sqlite: 'UNION' },
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
