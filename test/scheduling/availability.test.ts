// The rules of a Schedule are checked when it is written: a fault names its element and says what to do.

import { expect } from 'chai';
import type { OperationOutcome, Schedule } from 'fhir/r4.js';
import { readRules } from '#src/scheduling/rules.ts';
import { clientOf, outcomeOf, resourceOf, type Answer, type Client } from '#test/support/client.ts';
import { describeOnStores, startServer, type TestServer } from '#test/support/server.ts';
import { availability, scheduleOf } from './support.ts';

const opened = (...parts: readonly object[]) => ({ url: 'hours', extension: parts });
const on = (code: string) => ({ url: 'day', valueCode: code });
const at = (url: 'from' | 'to', valueTime: string) => ({ url, valueTime });
const date = (valueDate: string) => ({ url: 'date', valueDate });
const nine = at('from', '09:00:00');
const noon = at('to', '12:00:00');
const closed = (start: string, end?: string) => ({ url: 'closed', valuePeriod: { start, end } });
const mondays = opened(on('mon'), nine, noon);

const zone = { url: 'time-zone', valueCode: 'Asia/Kolkata' };
const length = { url: 'length', valuePositiveInt: 30 };

/** What is wrong, the parts, where it is below the availability, and a word of the remedy. */
const faults: readonly (readonly [string, readonly object[], string, RegExp])[] = [
  ['no time zone', [length], '', /IANA/],
  [
    'an unknown time zone',
    [{ ...zone, valueCode: 'Nowhere/None' }, length],
    '.extension[0]',
    /IANA/,
  ],
  ['no length', [zone], '', /'length' must be a whole number from 5 to 480/],
  ['a length of 0', [zone, { ...length, valuePositiveInt: 0 }], '.extension[1]', /5 to 480/],
  [
    'a length of a whole day',
    [zone, { ...length, valuePositiveInt: 1440 }],
    '.extension[1]',
    /480/,
  ],
  ['two lengths', [zone, length, length], '.extension[2]', /once/],
  ['a word nobody knows', [zone, length, { url: 'cappacity' }], '.extension[2]', /mean 'capacity'/],
  [
    'no place for anybody',
    [zone, length, { url: 'capacity', valuePositiveInt: 0 }],
    '.extension[2]',
    /1 to 50/,
  ],
  ['an unknown way', [zone, length, { url: 'mode', valueCode: 'fax' }], '.extension[2]', /video/],
  [
    'an unknown day',
    [zone, length, opened(on('mo'), nine, noon)],
    '.extension[2].extension[0].valueCode',
    /mon, tue/,
  ],
  ['no day', [zone, length, opened(nine, noon)], '.extension[2]', /name the days/],
  ['no end', [zone, length, opened(on('mon'), nine)], '.extension[2]', /'to' is a time/],
  [
    'an end before the start',
    [zone, length, opened(on('mon'), at('from', '13:00:00'), noon)],
    '.extension[2]',
    /'from' must be before 'to'/,
  ],
  [
    'an end that is the start',
    [zone, length, opened(on('mon'), at('from', '12:00:00'), noon)],
    '.extension[2]',
    /'from' must be before 'to'/,
  ],
  [
    'seconds',
    [zone, length, opened(on('mon'), at('from', '09:00:30'), noon)],
    '.extension[2].extension[1]',
    /whole minutes/,
  ],
  [
    'hours shorter than a visit',
    [zone, length, opened(on('mon'), at('from', '11:45:00'), noon)],
    '.extension[2]',
    /shorter than one visit of 30 minutes/,
  ],
  [
    'hours that overlap',
    [zone, length, mondays, opened(on('mon'), at('from', '11:00:00'), at('to', '15:00:00'))],
    '.extension[3]',
    /overlap others of mon/,
  ],
  [
    'a day twice at the same time',
    [zone, length, opened(on('mon'), on('mon'), nine, noon)],
    '.extension[2]',
    /overlap others of mon/,
  ],
  [
    'own hours of no day',
    [zone, length, { url: 'day', extension: [nine, noon] }],
    '.extension[2]',
    /'date' such as/,
  ],
  [
    'a day that is in no calendar',
    [zone, length, { url: 'day', extension: [date('2027-02-29'), nine, noon] }],
    '.extension[2].extension[0]',
    /'date' such as/,
  ],
  [
    'a closing that ends before it begins',
    [zone, length, closed('2026-12-24', '2026-12-20')],
    '.extension[2].valuePeriod',
    /'start' not after its 'end'/,
  ],
  [
    'a closing of part of a day',
    [zone, length, closed('2026-12-24T12:00:00Z')],
    '.extension[2].valuePeriod',
    /whole days/,
  ],
];

const scheduleWith = (parts: readonly object[]): Schedule =>
  ({
    ...scheduleOf({}),
    extension: [{ url: availability().url, extension: parts }],
  }) as Schedule;

describe('the rules of a Schedule', () => {
  for (const [what, parts, path, remedy] of faults)
    it(`names ${what}`, () => {
      const read = () => readRules(scheduleWith(parts) as never);

      expect(read)
        .to.throw(remedy)
        .with.nested.property('issues[0].expression[0]', `Schedule.extension[0]${path}`);
    });

  it('names all faults at once', () => {
    const parts = [
      { ...zone, valueCode: 'x' },
      { ...length, valuePositiveInt: 1 },
    ];
    const read = () => readRules(scheduleWith([...parts, opened(nine, noon)]) as never);

    expect(read).to.throw().with.property('issues').with.length(3);
  });

  it('takes hours around noon, days of their own and holidays', () => {
    const afternoon = opened(on('mon'), at('from', '12:00:00'), at('to', '00:00:00'));
    const christmas = { url: 'day', extension: [date('2026-12-24'), nine, noon] };
    const parts = [zone, length, mondays, afternoon, christmas, closed('2026-12-20', '2026-12-31')];

    const rules = readRules(scheduleWith(parts) as never)!;

    expect(rules.weekly.get(1)).to.deep.equal([
      { from: 540, to: 720 },
      { from: 720, to: 1440 },
    ]);
  });
});

describeOnStores('writing a Schedule', (store) => {
  let server: TestServer;
  let client: Client;
  before(async () => {
    server = await startServer({ store });
    client = clientOf(server.base);
    resourceOf(
      await client.put('Practitioner/dr', { resourceType: 'Practitioner', id: 'dr' }),
      201,
    );
  });
  after(async () => {
    client.close();
    await server.close();
  });

  const bad = scheduleWith([{ ...zone, valueCode: 'Nowhere/None' }, length]);
  const expectRefused = (answer: Answer, where = 'Schedule.extension[0].extension[0]'): void => {
    expect(answer.status, answer.text).to.equal(422);
    const { issue } = outcomeOf(answer);
    expect(issue.map(({ expression }) => expression![0])).to.include(where);
  };
  const counted = async (): Promise<number> =>
    (resourceOf(await client.get('Schedule?_summary=count')) as { total?: number }).total!;

  it('refuses rules that make no sense by POST, by PUT and inside a transaction, and stores nothing', async () => {
    const before = await counted();
    const entry = [
      { resource: scheduleOf({}), request: { method: 'POST', url: 'Schedule' } },
      { resource: bad, request: { method: 'POST', url: 'Schedule' } },
    ];

    expectRefused(await client.post('Schedule', bad));
    expectRefused(await client.put('Schedule/bad', { ...bad, id: 'bad' }));
    const transaction = await client.post('', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry,
    });

    expect(transaction.status, transaction.text).to.equal(422);
    expect(transaction.text).to.include('IANA');
    expect(await counted()).to.equal(before);
  });

  it('refuses a patch that would leave rules without sense, and keeps what was', async () => {
    const created = resourceOf(await client.post('Schedule', scheduleOf({})), 201) as Schedule;
    const path = '/extension/0/extension/1/valuePositiveInt';

    const answer = await client.ask('PATCH', `Schedule/${created.id!}`, {
      headers: { 'content-type': 'application/json-patch+json' },
      body: [{ op: 'replace', path, value: 3 }],
    });

    expectRefused(answer, 'Schedule.extension[0].extension[1]');
    expect(resourceOf(await client.get(`Schedule/${created.id!}`))).to.deep.equal(created);
  });

  it('tells it also to who only asks', async () => {
    const answer = await client.post('Schedule/$validate', bad);

    const found = (outcomeOf(answer) satisfies OperationOutcome).issue;
    expect(found.filter(({ severity }) => severity === 'error')).to.have.length(1);
  });

  it('takes a Schedule without rules, and one whose rules make sense', async () => {
    const plain = { ...scheduleOf({}), extension: undefined };

    resourceOf(await client.post('Schedule', plain), 201);
    resourceOf(await client.post('Schedule', scheduleOf({})), 201);
  });

  it('refuses an id that leaves no room for those of its visits', async () => {
    const id = 'x'.repeat(60);

    expectRefused(await client.put(`Schedule/${id}`, { ...scheduleOf({}), id }), 'Schedule.id');
  });
});
