// A seeded fuzzer of queries and bodies: whatever is sent, no answer is a 5xx and every answer is FHIR.
// https://hl7.org/fhir/R4/http.html

import { expect } from 'chai';
import { jsonOf, type Answer } from '../support/client.ts';
import { liveServer, long } from '../support/live.ts';
import { chanceOf, type Chance } from '../support/chance.ts';

const requests = long ? 100_000 : 5_000;
const seed = Number(process.env['FUZZ_SEED'] ?? '20261121');

const types = [
  'Patient',
  'Observation',
  'Encounter',
  'ValueSet',
  'Bundle',
  'Binary',
  'Foo',
  '',
  '__proto__',
];
const names = [
  ...[
    'name',
    'family',
    'birthdate',
    'identifier',
    'gender',
    '_id',
    '_lastUpdated',
    '_tag',
    '_sort',
    '_count',
  ],
  ...[
    '_include',
    '_revinclude',
    '_summary',
    '_elements',
    '_total',
    '_has:Observation:patient:code',
    '_type',
  ],
  ...[
    'subject',
    'subject:Patient.name',
    'patient.organization.name',
    'code',
    'date',
    'value-quantity',
    'url',
  ],
  ...[
    'code-value-quantity',
    'combo-code-value-concept',
    'status',
    '_cursor',
    '_since',
    '_at',
    '_format',
    '_pretty',
  ],
  ...[
    '_profile',
    '_security',
    '_source',
    'organization',
    'general-practitioner',
    'near',
    '_text',
    '_filter',
    '_list',
    '_query',
    '__explain',
  ],
];
const modifiers = [
  '',
  '',
  '',
  ':exact',
  ':contains',
  ':missing',
  ':not',
  ':in',
  ':below',
  ':above',
  ':text',
  ':of-type',
  ':identifier',
  ':Patient',
  ':iterate',
  ':x',
  ':',
];
const scraps = [
  ...[
    '',
    'a',
    'true',
    'false',
    '0',
    '-1',
    '5',
    '5.40',
    '1e400',
    '-0',
    '2020',
    '2020-02-30',
    'gt2020-01',
    'le5.4',
    'ap1',
    'sa2020',
  ],
  ...[
    '|',
    '||',
    'a|',
    '|b',
    'http://loinc.org|8480-6',
    '$',
    'a$b',
    ',',
    'a,b',
    '\\',
    '\\,',
    '\\|',
    '\\$',
    '\\\\',
    '*',
    '%',
    '_',
    "'",
    '"',
  ],
  ...[
    'Patient/1',
    'Patient:organization',
    '*:*',
    'Patient:*',
    '-date',
    '-',
    '{"$gt":""}',
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
  ],
  ...[
    '\u0000',
    '\ud800',
    '\u00e9',
    'e\u0301',
    'ß',
    'İ',
    '👩🏽‍⚕️',
    '\u202e',
    '\ufeff',
    '\u00a0',
    'x'.repeat(3000),
    '9'.repeat(400),
    '../..',
    '()',
    '[',
    '(?:a+)+$',
  ],
];
const methods = ['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const tails = [
  '',
  '',
  '',
  '/1',
  '/1/_history',
  '/1/_history/1',
  '/_history',
  '/_search',
  '/$everything',
  '/1/$everything',
  '/$validate',
  '/$expand',
  '/1/Observation',
  '/1/*',
  '/$meta',
  '/1/2/3',
  '/%',
  '/a%00',
];

const escape = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

const query = (chance: Chance): string =>
  Array.from({ length: chance.below(5) }, () => {
    const value = Array.from({ length: 1 + chance.below(3) }, () => chance.pick(scraps)).join(
      chance.pick(['', '', ',', '|', '$']),
    );
    return `${chance.pick(names)}${chance.pick(modifiers)}=${chance.below(20) === 0 ? value.replaceAll(/[^!-~]/g, '%') : escape(value)}`;
  }).join('&');

/** A resource that was right, with one to four places changed for something else. */
const body = (chance: Chance): string => {
  const text = JSON.stringify(chance.pick(seeds));
  let changed = text;
  for (let times = 1 + chance.below(4); times > 0; times -= 1) changed = mutate(changed, chance);
  return changed;
};

const mutate = (text: string, chance: Chance): string => {
  const at = chance.below(text.length + 1);
  const value = (): string =>
    chance.pick([
      'null',
      '{}',
      '[]',
      '""',
      '1',
      '-1.50',
      'true',
      '[[]]',
      '{"a":1}',
      '"\\u0000"',
      '"\\ud800"',
      '1e999',
      '"__proto__"',
    ]);
  switch (chance.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + chance.below(3));
    case 1:
      return (
        text.slice(0, at) +
        chance.pick(['"', '{', '}', '[', ']', ',', ':', '\\', '\u0000', '0', 'é']) +
        text.slice(at)
      );
    case 2:
      return replaceOne(text, /"[^"]*"(?=[,}\]])/g, value(), chance);
    case 3:
      return replaceOne(
        text,
        /"[^"]*"(?=:)/g,
        JSON.stringify(
          chance.pick([
            '__proto__',
            'id',
            'meta',
            'extension',
            'value',
            '_id',
            'resourceType',
            'contained',
            'toString',
            '',
          ]),
        ),
        chance,
      );
    case 4:
      return replaceOne(text, /\[[^[\]]*\]/g, value(), chance);
    default:
      return replaceOne(text, /\{[^{}]*\}/g, value(), chance);
  }
};

const replaceOne = (text: string, pattern: RegExp, replacement: string, chance: Chance): string => {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: old } = chance.pick(found);
  return text.slice(0, index) + replacement + text.slice(index + old.length);
};

const seeds: readonly object[] = [
  {
    resourceType: 'Patient',
    identifier: [{ system: 'http://h.example', value: '1' }],
    name: [{ family: 'F', given: ['G', 'H'], period: { start: '2020' } }],
    birthDate: '1970-01-01',
    contact: [{ name: { text: 'C' } }],
    managingOrganization: { reference: 'Organization/1' },
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    subject: { reference: 'Patient/1' },
    effectivePeriod: { start: '2020-01-01', end: '2020-01-02' },
    component: [
      {
        code: { text: 'x' },
        valueQuantity: { value: 5.4, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' },
      },
    ],
  },
  {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:0c3a1b1e-8f5c-4b53-8bf9-1d5c0f6f2a11',
        resource: { resourceType: 'Patient' },
        request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=x' },
      },
      { request: { method: 'GET', url: 'Patient?name=a' } },
      { request: { method: 'DELETE', url: 'Patient/fuzz' } },
    ],
  },
  {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'add' },
          { name: 'path', valueString: 'Patient' },
          { name: 'name', valueString: 'active' },
          { name: 'value', valueBoolean: true },
        ],
      },
    ],
  },
  {
    resourceType: 'ValueSet',
    status: 'active',
    url: 'http://v.example',
    compose: {
      include: [
        {
          system: 'http://hl7.org/fhir/administrative-gender',
          filter: [{ property: 'concept', op: 'is-a', value: 'x' }],
        },
      ],
    },
  },
  [
    { op: 'add', path: '/active', value: true },
    { op: 'move', from: '/a', path: '/b' },
  ],
];
const contentTypes = [
  'application/fhir+json',
  'application/fhir+json',
  'application/json',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'text/plain',
  '',
];

interface Fuzzed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const fuzzed = (chance: Chance): Fuzzed => {
  const method = chance.pick(methods);
  const path =
    `${chance.pick(types)}${chance.pick(tails)}${chance.below(3) > 0 ? `?${query(chance)}` : ''}`.replaceAll(
      /[^!-~]/g,
      '%',
    );
  const type = chance.pick(contentTypes);
  if (!['POST', 'PUT', 'PATCH'].includes(method)) return { method, path, headers: {} };
  return { method, path, headers: type === '' ? {} : { 'content-type': type }, body: body(chance) };
};

describe(`fuzzing with seed ${String(seed)}`, function () {
  this.timeout(3_600_000);
  const server = liveServer();

  const fault = (answer: Answer, method: string): string | undefined => {
    if (answer.status >= 500) return `${String(answer.status)} ${answer.text.slice(0, 200)}`;
    if (answer.text === '' || method === 'HEAD') return undefined;
    // A Binary gives back whatever was stored, under the type it was stored with.
    if (!(answer.headers['content-type'] ?? '').includes('fhir+json')) return undefined;
    jsonOf(answer);
    return undefined;
  };

  it(`${String(requests)} requests give no 5xx, and the server still answers`, async () => {
    const faults: string[] = [];
    let sent = 0;
    const worker = async (chance: Chance): Promise<void> => {
      while (sent < requests && faults.length < 20) {
        sent += 1;
        const one = fuzzed(chance);
        const found = await server.ask(one.method, one.path, one).then(
          (answer) => fault(answer, one.method),
          (error: unknown) => String(error),
        );
        if (found !== undefined)
          faults.push(
            `${one.method} ${one.path} ${one.headers['content-type'] ?? ''} ${one.body ?? ''} -> ${found}`,
          );
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, place) => worker(chanceOf(seed + place))));

    expect(faults).to.deep.equal([]);
    expect((await server.get('metadata')).status).to.equal(200);
  });
});
