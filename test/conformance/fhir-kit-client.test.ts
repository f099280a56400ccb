// A client nobody here wrote drives the main interactions.
// https://github.com/Vermonster/fhir-kit-client

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { CapabilityTool, Client, type FhirResource } from 'fhir-kit-client';
import type { Bundle } from 'fhir/r4.js';
import { loadDemonstration } from '#src/administration/demonstration.ts';
import { liveServer } from '../support/live.ts';
import { startServer, type TestServer } from '../support/server.ts';

const bundle = (resource: FhirResource): Bundle => resource as unknown as Bundle;
const types = (found: FhirResource): readonly (string | undefined)[] =>
  (bundle(found).entry ?? []).map((entry) => entry.resource?.resourceType);

describe('fhir-kit-client', () => {
  const server = liveServer();
  const family = `Kit${randomUUID().slice(0, 8)}`;
  let client: Client;
  let patient: FhirResource & { id: string };
  before(async () => {
    client = new Client({ baseUrl: server.base });
    patient = (await client.create({
      resourceType: 'Patient',
      body: { resourceType: 'Patient', name: [{ family, given: ['A'] }], birthDate: '1980-04-05' },
    })) as typeof patient;
  });

  it('reads the capabilities', async () => {
    const capabilities = new CapabilityTool(await client.capabilityStatement());

    expect(capabilities.serverCan('transaction')).to.equal(true);
    expect(capabilities.resourceCan('Patient', 'read')).to.equal(true);
    expect(capabilities.resourceSearch('Patient', 'birthdate')).to.equal(true);
    expect(
      capabilities.supportFor({ resourceType: 'Patient', capabilityType: 'conditionalCreate' }),
    ).to.equal(true);
  });

  it('creates and reads', async () => {
    const read = await client.read({ resourceType: 'Patient', id: patient.id });

    expect(read).to.deep.include({
      resourceType: 'Patient',
      id: patient.id,
      birthDate: '1980-04-05',
    });
  });

  it('updates, and reads the first version', async () => {
    const updated = await client.update({
      resourceType: 'Patient',
      id: patient.id,
      body: { ...patient, active: true },
    });
    const first = await client.vread({ resourceType: 'Patient', id: patient.id, version: '1' });

    expect(updated).to.have.property('active', true);
    expect(first).not.to.have.property('active');
  });

  it('updates conditionally', async () => {
    const updated = await client.update({
      resourceType: 'Patient',
      searchParams: { family },
      body: { ...patient, gender: 'female' },
    });

    expect(updated).to.deep.include({ id: patient.id, gender: 'female' });
  });

  it('patches', async () => {
    const patched = await client.patch({
      resourceType: 'Patient',
      id: patient.id,
      jsonPatch: [{ op: 'replace', path: '/birthDate', value: '1980-04-06' }],
    });

    expect(patched).to.have.property('birthDate', '1980-04-06');
  });

  it('searches a type, by GET and by POST', async () => {
    for (const postSearch of [false, true]) {
      const found = await client.search({
        resourceType: 'Patient',
        searchParams: { family, _count: 5 },
        options: { postSearch },
      });
      expect(types(found)).to.deep.equal(['Patient']);
    }
  });

  it('searches the system', async () => {
    const found = await client.systemSearch({
      searchParams: { _id: patient.id, _type: 'Patient' },
    });

    expect(types(found)).to.deep.equal(['Patient']);
  });

  it('runs a batch', async () => {
    const answer = await client.batch({
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { request: { method: 'GET', url: `Patient/${patient.id}` } },
          { request: { method: 'GET', url: 'Patient/nobody-there' } },
        ],
      },
    });

    expect(bundle(answer).entry!.map((entry) => entry.response!.status.slice(0, 3))).to.deep.equal([
      '200',
      '404',
    ]);
  });

  it('runs a transaction, and searches the compartment it fills', async () => {
    const answer = await client.transaction({
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: Array.from({ length: 5 }, (_, place) => ({
          resource: {
            resourceType: 'Observation',
            status: 'final',
            code: { text: `kit ${String(place)}` },
            subject: { reference: `Patient/${patient.id}` },
          },
          request: { method: 'POST', url: 'Observation' },
        })),
      },
    });
    const found = await client.compartmentSearch({
      resourceType: 'Observation',
      compartment: { resourceType: 'Patient', id: patient.id },
    });

    expect(answer).to.have.property('type', 'transaction-response');
    expect(types(found)).to.have.length(5);
  });

  it('pages forth and back', async () => {
    const first = await client.search({
      resourceType: 'Observation',
      searchParams: { patient: patient.id, _count: 2 },
    });
    const second = await client.nextPage({ bundle: first as never });
    const third = await client.nextPage({ bundle: second as never });
    const back = await client.prevPage({ bundle: third as never });

    const ids = (page: FhirResource | undefined): readonly unknown[] =>
      bundle(page!).entry!.map((entry) => entry.resource?.id);
    expect([first, second, third].flatMap(ids)).to.have.length(5);
    expect(ids(back)).to.deep.equal(ids(second));
    expect(client.nextPage({ bundle: third as never })).to.equal(undefined);
  });

  it('reads the history of an instance, a type and the system', async () => {
    const instance = await client.resourceHistory({ resourceType: 'Patient', id: patient.id });
    const type = await client.typeHistory({ resourceType: 'Patient' });
    const system = await client.systemHistory();

    expect(bundle(instance).entry!.length).to.be.at.least(3);
    expect(type).to.have.property('type', 'history');
    expect(system).to.have.property('type', 'history');
  });

  it('calls an operation', async () => {
    const everything = await client.operation({
      name: 'everything',
      resourceType: 'Patient',
      id: patient.id,
      method: 'GET',
    });

    expect(types(everything)).to.include.members(['Patient', 'Observation']);
  });

  it('resolves a reference', async () => {
    const observations = await client.search({
      resourceType: 'Observation',
      searchParams: { patient: patient.id },
    });
    const resolved = await client.resolve({
      reference: `Patient/${patient.id}`,
      context: observations,
    });

    expect(resolved).to.have.property('id', patient.id);
  });

  it('deletes, and is told that it is gone', async () => {
    const { id } = (await client.create({
      resourceType: 'Basic',
      body: { resourceType: 'Basic', code: { text: 'x' } },
    })) as { id: string } & FhirResource;
    await client.delete({ resourceType: 'Basic', id });

    const status = await client.read({ resourceType: 'Basic', id }).then(
      () => 200,
      (error: unknown) => (error as { response: { status: number } }).response.status,
    );
    expect(status).to.equal(410);
  });
});

describe('fhir-kit-client with a token', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ guard: 'standard' });
    const { context, base, application } = server;
    await loadDemonstration({ context, base, administer: application.administer });
  });
  after(() => server.close());

  it('finds where to sign in', async () => {
    const { authorizeUrl, tokenUrl } = await new Client({
      baseUrl: server.base,
    }).smartAuthMetadata();

    expect(String(authorizeUrl)).to.equal(`${server.url}/oauth/auth`);
    expect(String(tokenUrl)).to.equal(`${server.url}/oauth/token`);
  });

  it('reads and searches what the token allows, and nothing without it', async () => {
    const [output] = await server.application.administer({
      command: 'create-token',
      parameters: [
        ['scope', 'patient/*.rs'],
        ['patient', 'priya-sharma'],
      ],
    });
    const client = new Client({
      baseUrl: server.base,
      bearerToken: String(output!['valueString']),
    });
    const mine = await client.read({ resourceType: 'Patient', id: 'priya-sharma' });
    const found = await client.search({
      resourceType: 'Observation',
      searchParams: { code: '4548-4' },
    });
    const refused = await new Client({ baseUrl: server.base })
      .read({ resourceType: 'Patient', id: 'priya-sharma' })
      .catch((error: unknown) => (error as { response: { status: number } }).response.status);

    expect(mine['id']).to.equal('priya-sharma');
    expect(types(found)).to.deep.equal(['Observation', 'Observation', 'Observation']);
    expect(refused).to.equal(401);
  });
});
