// Transactions under a restricted permit: what is hidden looks as if it were not there, and nothing is half allowed.

import { expect } from 'chai';
import { unrestricted, type Permit } from '../../../src/access/permit.ts';
import { Problem } from '../../../src/fhir/problem.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const system = 'http://example.org/s';

/** Staff of a hospital: what it keeps, as long as the resource is active. */
const staffOf = (organization: string): Permit => ({
  allows: () => true,
  filter: () => ({ op: 'custodian', organizations: [organization] }),
  covers: (resource) => Promise.resolve(resource['active'] !== false),
  custodian: organization,
});
const mine = staffOf('Organization/mine');
const theirs = staffOf('Organization/theirs');

const patient = (id: string | undefined, more: object = {}): Resource => ({
  resourceType: 'Patient',
  ...(id === undefined ? {} : { id, identifier: [{ system, value: id }] }),
  ...more,
});
const on = (method: string, url: string, resource?: object, request: object = {}) => ({
  ...(resource && { resource }),
  request: { method, url, ...request },
});

describe('interactions/transaction, under a restricted permit', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    await send(mine, [on('PUT', 'Patient/m', patient('m'))]);
    await send(theirs, [on('PUT', 'Patient/t', patient('t'))]);
  });
  after(() => server.close());

  const send = async (permit: Permit, entry: readonly object[]) => {
    const plain: Resource = { resourceType: 'Bundle', type: 'transaction', entry };
    const body = { plain, exact: plain };
    const request = {
      method: 'POST',
      path: '',
      query: [],
      headers: {},
      body,
      base: server.base,
    } as const;
    try {
      const { status, text = '' } = await server.context.dispatch(request, permit);
      const answer = JSON.parse(text) as {
        entry: { response: { status: string; location?: string } }[];
      };
      return {
        status,
        statuses: answer.entry.map(({ response }) => response.status.slice(0, 3)),
        issues: [],
      };
    } catch (error) {
      if (error instanceof Problem)
        return { status: error.status, statuses: [], issues: error.issues };
      throw error;
    }
  };
  const countAll = () => server.context.store.resources.countVersions({}, { op: 'everything' }, {});
  const observation = (subject: string) => ({
    ...{
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: subject },
    },
  });

  it('does not find hidden resources by criteria', async () => {
    const criteria = `identifier=${system}|t`;
    const created = await send(mine, [
      on('POST', 'Patient', patient(undefined), { ifNoneExist: criteria }),
    ]);
    const deleted = await send(mine, [on('DELETE', `Patient?${criteria}`)]);

    expect(created.statuses).to.deep.equal(['201']);
    expect(deleted.statuses).to.deep.equal(['204']);
    expect((await send(theirs, [on('GET', 'Patient/t')])).statuses).to.deep.equal(['200']);
  });

  it('deletes what is hidden as little as what is not there', async () => {
    const { statuses } = await send(mine, [
      on('DELETE', 'Patient/t'),
      on('DELETE', 'Patient/never'),
    ]);

    expect(statuses).to.deep.equal(['204', '204']);
    expect((await send(theirs, [on('GET', 'Patient/t')])).statuses).to.deep.equal(['200']);
  });

  const hidden: readonly (readonly [string, number, object])[] = [
    [
      'a reference to hidden resources',
      412,
      on('POST', 'Observation', observation(`Patient?identifier=${system}|t`)),
    ],
    ['an update of a hidden resource', 404, on('PUT', 'Patient/t', patient('t'))],
    [
      'an update of it under a condition',
      404,
      on('PUT', 'Patient/t', patient('t'), { ifMatch: 'W/"9"' }),
    ],
    ['a patch of a hidden resource', 404, on('PATCH', 'Patient/t', { resourceType: 'Parameters' })],
    ['a read of a hidden resource', 404, on('GET', 'Patient/t')],
    [
      'a write that is not covered',
      403,
      on('POST', 'Patient', patient(undefined, { active: false })),
    ],
  ];
  for (const [title, expected, entry] of hidden)
    it(`writes nothing because of ${title}`, async () => {
      const before = await countAll();
      const { status, issues } = await send(mine, [
        on('POST', 'Patient', patient(undefined)),
        entry,
      ]);

      expect(status).to.equal(expected);
      expect(issues[0]!.diagnostics).to.match(/^Bundle\.entry\[1\]/);
      expect(await countAll()).to.equal(before);
    });

  it('refers by criteria to what it creates itself', async () => {
    const criteria = `Patient?identifier=${system}|own`;
    const { statuses } = await send(mine, [
      on('POST', 'Observation', observation(criteria)),
      on('POST', 'Patient', patient('own')),
    ]);

    expect(statuses).to.deep.equal(['201', '201']);
  });

  it('keeps what is written for the organization that wrote it', async () => {
    const [page] = [await server.context.store.resources.read([{ type: 'Patient', id: 'm' }])];

    expect(page[0]!.custodian).to.equal('Organization/mine');
    expect((await send(unrestricted, [on('GET', 'Patient/m')])).status).to.equal(200);
  });

  it('gives of a record only what the caller may see', async () => {
    await send(mine, [on('POST', 'Observation', observation('Patient/m'))]);
    await send(theirs, [on('POST', 'Observation', observation('Patient/m'))]);
    const everything = async (permit: Permit) => {
      const request = {
        method: 'GET',
        path: 'Patient/m/$everything',
        query: [],
        headers: {},
        base: server.base,
      } as const;
      const { text = '' } = await server.context.dispatch(request, permit);
      return (JSON.parse(text) as { entry: object[] }).entry.length;
    };

    expect([await everything(mine), await everything(unrestricted)]).to.deep.equal([2, 3]);
  });
});
