// Rights: under a restricted permit every interaction sees and changes only what the permit covers, and what is hidden looks
// as if it were not there.

import { expect } from 'chai';
import { unrestricted, type Permit } from '../../src/access/permit.ts';
import { Problem } from '../../src/fhir/problem.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { FhirRequest, FhirResponse } from '../../src/interactions/types.ts';
import { everything } from '../../src/search/plan.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Staff of a hospital: what it keeps, as long as the resource is active. */
const staffOf = (organization: string): Permit => ({
  allows: () => true,
  filter: () => ({ op: 'custodian', organizations: [organization] }),
  covers: (resource) => Promise.resolve(resource['active'] !== false),
  custodian: organization,
});

describe('interactions, under a restricted permit', () => {
  let server: TestServer;
  const mine = staffOf('Organization/mine');
  const theirs = staffOf('Organization/theirs');

  const send = async (
    permit: Permit,
    method: FhirRequest['method'],
    address: string,
    {
      body,
      headers = {},
    }: { readonly body?: Resource; readonly headers?: FhirRequest['headers'] } = {},
  ): Promise<FhirResponse> => {
    const [path = '', query = ''] = address.split('?');
    const request: FhirRequest = {
      ...{ method, path, headers, base: server.base },
      query: [...new URLSearchParams(query)],
      ...(body ? { body: { plain: body, exact: body } } : {}),
    };
    try {
      return await server.context.dispatch(request, permit);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, text: error.message };
    }
  };
  const statusOf = async (...parts: Parameters<typeof send>) => (await send(...parts)).status;
  const idsOf = ({ text = '{}' }: FhirResponse) =>
    ((JSON.parse(text) as { entry?: { resource?: Resource }[] }).entry ?? []).flatMap(
      ({ resource }) => resource?.id ?? [],
    );
  const patient = (id: string, more: object = {}): Resource => ({
    resourceType: 'Patient',
    id,
    ...more,
  });

  before(async () => {
    server = await startServer();
    for (const [permit, id] of [
      [mine, 'm'],
      [theirs, 't'],
      [theirs, 'td'],
      [mine, 'md'],
    ] as const)
      await send(permit, 'PUT', `Patient/${id}`, {
        body: patient(id, { name: [{ family: `Family${id}` }], identifier: [{ value: 'same' }] }),
      });
    for (const [permit, id, subject] of [
      [mine, 'om', 'm'],
      [mine, 'omt', 't'],
      [theirs, 'ot', 't'],
    ] as const)
      await send(permit, 'PUT', `Observation/${id}`, {
        body: {
          ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' } },
          subject: { reference: `Patient/${subject}` },
        },
      });
    await send(theirs, 'DELETE', 'Patient/td');
    await send(mine, 'DELETE', 'Patient/md');
  });
  after(() => server.close());

  it('reads what is covered, and a hidden resource looks as one that never was', async () => {
    const hidden = await send(mine, 'GET', 'Patient/t');
    const absent = await send(mine, 'GET', 'Patient/a');

    expect(await statusOf(mine, 'GET', 'Patient/m')).to.equal(200);
    expect(hidden.status).to.equal(404);
    expect(hidden.text!.replace('/t', '/a')).to.equal(absent.text);
  });

  it('tells of a deletion only those who could see the resource', async () => {
    expect(await statusOf(mine, 'GET', 'Patient/md')).to.equal(410);
    expect(await statusOf(mine, 'GET', 'Patient/td')).to.equal(404);
  });

  it('hides versions and histories alike', async () => {
    expect(await statusOf(mine, 'GET', 'Patient/m/_history/1')).to.equal(200);
    expect(await statusOf(mine, 'GET', 'Patient/t/_history/1')).to.equal(404);
    expect(await statusOf(mine, 'GET', 'Patient/m/_history/1/$meta')).to.equal(200);
    expect(await statusOf(mine, 'GET', 'Patient/t/_history/1/$meta')).to.equal(404);
    expect(await statusOf(mine, 'GET', 'Patient/t/_history')).to.equal(404);
    expect(idsOf(await send(mine, 'GET', 'Patient/_history'))).not.to.include('t');
    expect(idsOf(await send(mine, 'GET', '_history'))).to.have.members(['m', 'md', 'om', 'omt']);
  });

  it('finds and counts what is covered only', async () => {
    expect(idsOf(await send(mine, 'GET', 'Patient'))).to.deep.equal(['m']);
    expect(idsOf(await send(mine, 'GET', 'Patient?identifier=same'))).to.deep.equal(['m']);
    expect(idsOf(await send(mine, 'GET', '?_type=Patient,Observation'))).to.have.members([
      'm',
      'om',
      'omt',
    ]);
    expect(JSON.parse((await send(mine, 'GET', 'Patient?_summary=count')).text!)).to.include({
      total: 1,
    });
  });

  it('follows no chain and no include to what is hidden', async () => {
    const chained = await send(mine, 'GET', 'Observation?subject:Patient.name=Familyt');
    const own = await send(mine, 'GET', 'Observation?subject:Patient.name=Familym');
    const reverse = await send(theirs, 'GET', 'Patient?_has:Observation:subject:_id=omt');
    const included = await send(mine, 'GET', 'Observation?_include=Observation:subject');
    const reversed = await send(theirs, 'GET', 'Patient?_revinclude=Observation:subject');

    expect(idsOf(chained)).to.deep.equal([]);
    expect(idsOf(own)).to.deep.equal(['om']);
    expect(idsOf(reverse)).to.deep.equal([]);
    expect(idsOf(included)).to.have.members(['om', 'omt', 'm']);
    expect(idsOf(reversed)).to.have.members(['t', 'ot']);
  });

  it('includes no version of what is hidden', async () => {
    const permit: Permit = {
      ...unrestricted,
      allows: () => true,
      filter: (type, right) => (type === 'Patient' ? mine.filter(type, right) : everything),
    };
    for (const id of ['m', 't'])
      await send(unrestricted, 'PUT', `Basic/names-${id}`, {
        body: {
          ...{ resourceType: 'Basic', id: `names-${id}`, code: { text: 'x' } },
          subject: { reference: `Patient/${id}/_history/1` },
        },
      });
    const included = (asked: Permit) => send(asked, 'GET', 'Basic?_include=Basic:subject');

    expect(idsOf(await included(permit))).to.have.members(['names-m', 'names-t', 'm']);
    expect(idsOf(await included(unrestricted))).to.have.members(['names-m', 'names-t', 'm', 't']);
  });

  it('writes over nothing that is hidden', async () => {
    const headers = { 'if-match': 'W/"1"' };

    expect(await statusOf(mine, 'PUT', 'Patient/t', { body: patient('t') })).to.equal(404);
    expect(await statusOf(mine, 'PUT', 'Patient/t', { body: patient('t'), headers })).to.equal(404);
    expect(await statusOf(mine, 'PUT', 'Patient/td', { body: patient('td') })).to.equal(404);
    expect(await statusOf(mine, 'PUT', 'Patient?name=No', { body: patient('t') })).to.equal(404);
    expect(await statusOf(unrestricted, 'GET', 'Patient/t/_history/2')).to.equal(404);
  });

  it('deletes nothing that is hidden, and answers as if it were not there', async () => {
    expect(await statusOf(mine, 'DELETE', 'Patient/t')).to.equal(204);
    expect(await statusOf(mine, 'DELETE', 'Patient?name=Familyt')).to.equal(204);
    expect(await statusOf(unrestricted, 'GET', 'Patient/t')).to.equal(200);
  });

  it('counts hidden matches as none in conditional requests', async () => {
    const headers = { 'if-none-exist': 'name=Familyt' };
    const body = patient('x', { name: [{ family: 'Familyt' }] });
    const created = await send(mine, 'POST', 'Patient', { body, headers });

    expect(created.status).to.equal(201);
  });

  it('refuses a version the caller may not write', async () => {
    const body = patient('m', { active: false });

    expect(await statusOf(mine, 'PUT', 'Patient/m', { body })).to.equal(403);
    expect(await statusOf(mine, 'POST', 'Patient', { body })).to.equal(403);
    expect(await statusOf(unrestricted, 'GET', 'Patient/m/_history/2')).to.equal(404);
  });

  it('explains a search without what tells how many hidden resources there are', async () => {
    const parts = async (permit: Permit) => {
      const { text = '{}' } = await send(permit, 'GET', 'Patient?name=Family&__explain');
      return (JSON.parse(text) as { parameter: { name: string }[] }).parameter.map(
        ({ name }) => name,
      );
    };

    expect(await parts(mine)).to.deep.equal(['plan']);
    expect(await parts(unrestricted)).to.deep.equal(['plan', 'engine']);
  });
});
