// Patient/$everything and Encounter/$everything.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import { expect } from 'chai';
import { unrestricted, type Permit } from '../../src/access/permit.ts';
import { everything } from '../../src/search/plan.ts';
import { ask, type Answer } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Entry {
  readonly fullUrl: string;
  readonly resource: { readonly resourceType: string; readonly id: string };
  readonly search: { readonly mode: string };
}

const reference = (text: string) => ({ reference: text });
const code = { text: 'x' };
const observation = (id: string, more: object) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code },
  ...more,
});
const encounter = (id: string, patient: string, start: string, more: object = {}) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', class: { code: 'AMB' } },
  ...{ subject: reference(`Patient/${patient}`), period: { start, end: start }, ...more },
});

const record: readonly { readonly resourceType: string; readonly id: string }[] = [
  {
    resourceType: 'Organization',
    id: 'hospital',
    ...{ name: 'x', partOf: reference('Organization/group') },
  },
  { resourceType: 'Organization', id: 'group', ...{ name: 'x' } },
  { resourceType: 'Organization', id: 'unrelated', ...{ name: 'x' } },
  { resourceType: 'Practitioner', id: 'doctor' },
  {
    resourceType: 'PractitionerRole',
    id: 'role',
    ...{ practitioner: reference('Practitioner/doctor') },
  },
  { resourceType: 'Medication', id: 'drug', ...{ code } },
  { resourceType: 'Binary', id: 'file', ...{ contentType: 'text/plain', data: 'eA==' } },
  {
    resourceType: 'Patient',
    id: 'anna',
    ...{ managingOrganization: reference('Organization/hospital') },
  },
  {
    resourceType: 'Patient',
    id: 'bert',
    ...{ link: [{ type: 'seealso', other: reference('Patient/anna') }] },
  },
  encounter('e1', 'anna', '2020-03-01', {
    participant: [{ individual: reference('PractitionerRole/role') }],
  }),
  encounter('e2', 'anna', '2022-03-01'),
  encounter('other', 'bert', '2020-03-01'),
  observation('o1', {
    ...{
      subject: reference('Patient/anna'),
      encounter: reference('Encounter/e1'),
      effectiveDateTime: '2020-03-01',
    },
    ...{ focus: [reference('Observation/of-bert')], hasMember: [reference('Observation/o2')] },
  }),
  observation('o2', {
    subject: reference('Patient/anna'),
    effectivePeriod: { start: '2019-06-01', end: '2020-06-01' },
  }),
  observation('undated', { subject: reference('Patient/anna') }),
  observation('of-bert', { subject: reference('Patient/bert'), effectiveDateTime: '2020-03-01' }),
  {
    ...{
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      authoredOn: '2022-03-01',
    },
    ...{ subject: reference('Patient/anna'), medicationReference: reference('Medication/drug') },
  },
  {
    ...{
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      subject: reference('Patient/anna'),
    },
    ...{ content: [{ attachment: { url: 'Binary/file' } }], date: '2022-03-02T00:00:00Z' },
  },
];

describe('operations/everything', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    const entry = record.map((resource) => ({
      ...{ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } },
    }));
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    const { status, text } = await ask(server.base, { method: 'POST', body });
    expect(status, text).to.equal(200);
  });
  after(() => server.close());

  const get = (path: string): Promise<Answer> =>
    ask(path.startsWith('http') ? path : `${server.base}/${path}`);
  const entriesOf = ({ json, text }: Answer): readonly Entry[] => {
    if (json?.resourceType !== 'Bundle') throw new Error(text);
    return json.entry ?? [];
  };
  const keysOf = (answer: Answer, mode?: string): readonly string[] =>
    entriesOf(answer)
      .filter(({ search }) => mode === undefined || search.mode === mode)
      .map(({ resource }) => `${resource.resourceType}/${resource.id}`);
  const follow = async (answer: Answer, relation: string): Promise<readonly Answer[]> => {
    const link = answer.json.link.find((each: { relation: string }) => each.relation === relation);
    if (link === undefined) return [answer];
    return [answer, ...(await follow(await get(link.url), relation))];
  };
  const sorted = (keys: readonly string[]) => keys.toSorted();

  it('gives the patient first, then the compartment, then what it refers to', async () => {
    const answer = await get('Patient/anna/$everything');

    expect(keysOf(answer)[0]).to.equal('Patient/anna');
    // Bert's link to Anna puts him into her compartment: the specification's own definition names Patient.link.
    expect(sorted(keysOf(answer, 'match').filter((key) => key !== 'Patient/bert'))).to.deep.equal([
      ...['DocumentReference/d1', 'Encounter/e1', 'Encounter/e2', 'MedicationRequest/m1'],
      ...['Observation/o1', 'Observation/o2', 'Observation/undated', 'Patient/anna'],
    ]);
    expect(sorted(keysOf(answer, 'include'))).to.deep.equal([
      ...['Binary/file', 'Medication/drug', 'Organization/group', 'Organization/hospital'],
      ...['Practitioner/doctor', 'PractitionerRole/role'],
    ]);
    expect(answer.json).to.include({ resourceType: 'Bundle', type: 'searchset' });
    expect(entriesOf(answer)[0]!.fullUrl).to.equal(`${server.base}/Patient/anna`);
  });

  for (const path of [
    ...[
      'Patient/anna/$everything',
      'Patient/anna/$everything?start=2021-01-01',
      'Patient/$everything',
    ],
    ...['Patient/anna/$everything?_type=Observation', 'Encounter/e1/$everything'],
  ])
    it(`counts what ${path} would give without giving it`, async () => {
      const whole = await get(path);
      const counted = await get(`${path}${path.includes('?') ? '&' : '?'}_summary=count`);

      expect(counted.json.total).to.equal(keysOf(whole, 'match').length);
      expect(counted.json).not.to.have.property('entry');
      expect(counted.json.link[0].url).to.match(/_summary=count$/);
    });

  it('never gives the record of another patient that is referred to', async () => {
    expect(keysOf(await get('Patient/anna/$everything'))).not.to.include('Observation/of-bert');
  });

  it('works by POST with parameters', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: '_type', valueCode: 'Encounter' }],
    };
    const answer = await ask(`${server.base}/Patient/anna/$everything`, { method: 'POST', body });

    expect(sorted(keysOf(answer))).to.deep.equal(['Encounter/e1', 'Encounter/e2']);
  });

  const dated: readonly (readonly [string, readonly string[]])[] = [
    ['start=2022-01-01', ['Encounter/e2', 'MedicationRequest/m1', 'Observation/undated']],
    ['end=2020-12-31', ['Encounter/e1', 'Observation/o1', 'Observation/o2', 'Observation/undated']],
    ['end=2019', ['Observation/o2', 'Observation/undated']],
    [
      'start=2020-03-01&end=2020-03-01',
      ['Encounter/e1', 'Observation/o1', 'Observation/o2', 'Observation/undated'],
    ],
  ];
  for (const [query, expected] of dated)
    it(`takes care dates: ${query}`, async () => {
      const types = '_type=Encounter,MedicationRequest&_type=Observation';

      expect(sorted(keysOf(await get(`Patient/anna/$everything?${query}&${types}`)))).to.deep.equal(
        expected,
      );
    });

  it('keeps the patient, who has no date of care', async () => {
    expect(keysOf(await get('Patient/anna/$everything?start=2030'))[0]).to.equal('Patient/anna');
  });

  it('gives what changed since a time', async () => {
    const { json } = await get('Observation/o1');
    const since = encodeURIComponent(json.meta.lastUpdated);
    await ask(`${server.base}/Observation/undated`, {
      ...{ method: 'PUT', body: record.find(({ id }) => id === 'undated')! },
    });
    const later = new Date(Date.parse(json.meta.lastUpdated) + 1).toISOString();

    expect(keysOf(await get(`Patient/anna/$everything?_since=${later}`))).to.deep.equal([
      'Observation/undated',
    ]);
    expect(keysOf(await get(`Patient/anna/$everything?_since=${since}`)).length).to.be.greaterThan(
      5,
    );
  });

  it('takes a time whose + was not encoded', async () => {
    const { status } = await get('Patient/anna/$everything?_since=2020-01-01T00:00:00+02:00');

    expect(status).to.equal(200);
  });

  it('gives every member once over pages of any size', async () => {
    const whole = sorted(keysOf(await get('Patient/anna/$everything'), 'match'));
    for (const size of [1, 2, 3, 7]) {
      const keys: string[] = [];
      let next: string | undefined = `Patient/anna/$everything?_count=${String(size)}`;
      while (next !== undefined) {
        const page: Answer = await get(next);
        expect(keysOf(page, 'match').length).to.be.at.most(size + 1);
        keys.push(...keysOf(page, 'match'));
        next = page.json.link.find(
          ({ relation }: { relation: string }) => relation === 'next',
        )?.url;
      }
      expect(sorted(keys)).to.deep.equal(whole);
    }
  });

  it('gives the same pages on the way back', async () => {
    const there = await follow(await get('Patient/anna/$everything?_count=3'), 'next');
    const back = await follow(there.at(-1)!, 'previous');

    expect(there.length).to.be.greaterThan(2);
    expect(back.map((page) => sorted(keysOf(page)))).to.deep.equal(
      there.map((page) => sorted(keysOf(page))).toReversed(),
    );
  });

  it('gives the records of all patients, and what they refer to', async () => {
    const answer = await get('Patient/$everything');

    expect(sorted(keysOf(answer, 'match'))).to.deep.equal([
      ...['DocumentReference/d1', 'Encounter/e1', 'Encounter/e2', 'Encounter/other'],
      ...['MedicationRequest/m1', 'Observation/o1', 'Observation/o2', 'Observation/of-bert'],
      ...['Observation/undated', 'Patient/anna', 'Patient/bert'],
    ]);
    expect(sorted(keysOf(answer, 'include'))).to.deep.equal([
      ...['Binary/file', 'Medication/drug', 'Organization/group', 'Organization/hospital'],
      ...['Practitioner/doctor', 'PractitionerRole/role'],
    ]);
    expect((await get('Encounter/$everything')).status).to.equal(404);
  });

  it('takes the same parameters of all patients, by POST as well', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [
        { name: '_type', valueCode: 'Encounter' },
        { name: 'end', valueDate: '2020-12-31' },
      ],
    };
    const answer = await ask(`${server.base}/Patient/$everything`, { method: 'POST', body });

    expect(sorted(keysOf(answer))).to.deep.equal(['Encounter/e1', 'Encounter/other']);
  });

  it('gives every member of all records once over pages of any size, there and back', async () => {
    const whole = sorted(keysOf(await get('Patient/$everything'), 'match'));
    for (const size of [1, 4, 100]) {
      const there = await follow(await get(`Patient/$everything?_count=${String(size)}`), 'next');
      const back = await follow(there.at(-1)!, 'previous');
      const keys = there.flatMap((page) => keysOf(page, 'match'));

      expect(sorted(keys)).to.deep.equal(whole);
      expect(back.map((page) => keysOf(page))).to.deep.equal(
        there.map((page) => keysOf(page)).toReversed(),
      );
    }
  });

  it('gives nothing of a patient whom the caller may not see', async () => {
    const permit: Permit = {
      ...unrestricted,
      filter: (type) => (type === 'Patient' ? { op: 'id', ids: ['bert'] } : everything),
    };
    const { text } = await server.context.dispatch(
      { method: 'GET', path: 'Patient/$everything', query: [], headers: {}, base: server.base },
      permit,
    );

    const keys = (JSON.parse(text!) as { readonly entry: readonly Entry[] }).entry.map(
      ({ resource }) => `${resource.resourceType}/${resource.id}`,
    );
    expect(sorted(keys)).to.deep.equal(['Encounter/other', 'Observation/of-bert', 'Patient/bert']);
  });

  it('gives what belongs to an encounter, its patient and what it refers to', async () => {
    const answer = await get('Encounter/e1/$everything');

    expect(keysOf(answer, 'match')).to.deep.equal(['Encounter/e1', 'Observation/o1']);
    expect(sorted(keysOf(answer, 'include'))).to.deep.equal([
      ...['Observation/o2', 'Organization/group', 'Organization/hospital', 'Patient/anna'],
      ...['Practitioner/doctor', 'PractitionerRole/role'],
    ]);
  });

  const refused: readonly (readonly [string, number])[] = [
    ['Patient/nobody/$everything', 404],
    ['Encounter/nobody/$everything', 404],
    ['Patient/anna/$everything?start=yesterday', 400],
    ['Patient/anna/$everything?_type=Patiant', 400],
    ['Patient/anna/$everything?_count=0', 400],
    ['Patient/anna/$everything?_count=x', 400],
    ['Patient/anna/$everything?colour=blue', 400],
    ['Patient/anna/$everything?_cursor=abc', 400],
    ['Encounter/e1/$everything?start=2020', 400],
    ['Observation/o1/$everything', 404],
  ];
  for (const [path, status] of refused)
    it(`answers ${String(status)} to ${path}`, async () => {
      const answer = await get(path);

      expect(answer.status).to.equal(status);
      expect(answer.json.resourceType).to.equal('OperationOutcome');
    });
});
