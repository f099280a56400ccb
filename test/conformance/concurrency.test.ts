// Two writers never both win: sixteen at once, over HTTP.
// https://hl7.org/fhir/R4/http.html#concurrency

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { bundleOf, resourceOf, type Answer } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

const sixteen = <T>(one: (place: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 16 }, (_, place) => one(place)));

const tally = (answers: readonly Answer[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const system = 'http://hospital.example/parallel';

describe('sixteen at once', function () {
  this.timeout(60_000);
  const server = liveServer();
  let value: string;
  let id: string;
  beforeEach(async () => {
    value = randomUUID();
    id = resourceOf(
      await server.post('Patient', { resourceType: 'Patient', gender: 'other' }),
      201,
    ).id!;
  });
  const patient = (rest: object): object => ({ resourceType: 'Patient', ...rest });
  const withValue = (): object => patient({ identifier: [{ system, value }] });
  const criteria = (): string => `identifier=${system}%7C${value}`;
  const total = async (): Promise<number | undefined> =>
    bundleOf(await server.get(`Patient?${criteria()}&_summary=count`)).total;

  it('conditional creates make one resource', async () => {
    const answers = await sixteen(() =>
      server.post('Patient', withValue(), { 'if-none-exist': criteria() }),
    );

    expect(await total()).to.equal(1);
    expect(tally(answers)).to.deep.equal({ 200: 15, 201: 1 });
    expect(new Set(answers.map((answer) => resourceOf(answer, [200, 201]).id)).size).to.equal(1);
  });

  it('conditional creates inside transactions make one resource', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:0c3a1b1e-8f5c-4b53-8bf9-1d5c0f6f2a11',
          resource: withValue(),
          request: { method: 'POST', url: 'Patient', ifNoneExist: criteria() },
        },
        {
          resource: {
            resourceType: 'Observation',
            status: 'final',
            code: { text: value },
            subject: { reference: 'urn:uuid:0c3a1b1e-8f5c-4b53-8bf9-1d5c0f6f2a11' },
          },
          request: { method: 'POST', url: 'Observation' },
        },
      ],
    };

    const answers = await sixteen(() => server.post('', bundle));

    expect(tally(answers)).to.deep.equal({ 200: 16 });
    expect(await total()).to.equal(1);
    const found = bundleOf(
      await server.get(
        `Observation?subject:Patient.identifier=${system}%7C${value}&_summary=count`,
      ),
    );
    expect(found.total).to.equal(16);
  });

  it('conditional updates make one resource', async () => {
    const answers = await sixteen(() => server.put(`Patient?${criteria()}`, withValue()));

    expect(await total()).to.equal(1);
    expect(answers.filter(({ status }) => status === 201).length).to.equal(1);
    expect(
      answers.filter(({ status }) => status > 201 && status !== 409 && status !== 412),
    ).to.deep.equal([]);
  });

  it('updates with If-Match have one winner', async () => {
    const answers = await sixteen((place) =>
      server.put(`Patient/${id}`, patient({ id, name: [{ family: String(place) }] }), {
        'if-match': 'W/"1"',
      }),
    );

    expect(tally(answers)).to.deep.equal({ 200: 1, 412: 15 });
    expect((await server.get(`Patient/${id}`)).headers.etag).to.equal('W/"2"');
  });

  it('updates without If-Match make sixteen versions', async () => {
    const answers = await sixteen((place) =>
      server.put(`Patient/${id}`, patient({ id, name: [{ family: String(place) }] })),
    );

    expect(tally(answers)).to.deep.equal({ 200: 16 });
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).to.equal(16);
    expect((await server.get(`Patient/${id}`)).headers.etag).to.equal('W/"17"');
    expect(bundleOf(await server.get(`Patient/${id}/_history?_count=100`)).total).to.equal(17);
  });

  it('patches all land, none over another', async () => {
    const answers = await sixteen((place) =>
      server.patch(`Patient/${id}`, {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'add' },
              { name: 'path', valueString: 'Patient' },
              { name: 'name', valueString: 'identifier' },
              { name: 'value', valueIdentifier: { system, value: `${value}-${String(place)}` } },
            ],
          },
        ],
      }),
    );

    expect(tally(answers)).to.deep.equal({ 200: 16 });
    const { identifier } = resourceOf(await server.get(`Patient/${id}`)) as {
      identifier?: unknown[];
    };
    expect(identifier).to.have.length(16);
  });

  it('updates-as-create of one id make one history', async () => {
    const fresh = randomUUID();
    const answers = await sixteen(() => server.put(`Patient/${fresh}`, patient({ id: fresh })));

    expect(answers.filter(({ status }) => status === 201).length).to.equal(1);
    expect(bundleOf(await server.get(`Patient/${fresh}/_history?_count=100`)).total).to.equal(16);
  });
});
