// Capabilities.
// https://hl7.org/fhir/R4/http.html#capabilities

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface RestResource {
  readonly type: string;
  readonly interaction: readonly { readonly code: string }[];
  readonly searchParam: readonly { readonly name: string; readonly type: string }[];
  readonly searchInclude: readonly string[];
  readonly searchRevInclude: readonly string[];
  readonly operation?: readonly { readonly name: string; readonly definition: string }[];
}

describe('interactions/capabilities', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const get = (query = '', headers = {}) => ask(`${server.base}/metadata${query}`, { headers });
  const patient = async () => {
    const { json } = await get();
    return (json.rest[0].resource as readonly RestResource[]).find(
      ({ type }) => type === 'Patient',
    )!;
  };

  it('gives a CapabilityStatement that passes our own validation', async () => {
    const { status, json } = await get();
    const issues = await server.context.validate({ plain: json, exact: json });

    expect(status).to.equal(200);
    expect(json).to.include({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    expect(issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });

  it('lists every resource type with every interaction that is routed', async () => {
    const { json } = await get();
    const codes = (await patient()).interaction.map(({ code }) => code);

    expect(json.rest[0].resource).to.have.length(server.context.definitions.resourceTypes.length);
    expect(codes).to.have.members([
      ...['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type'],
      ...['create', 'search-type'],
    ]);
  });

  it('does not list the patch that a Binary does not take', async () => {
    const { json } = await get();
    const resources = json.rest[0].resource as readonly RestResource[];
    const binary = resources.find(({ type }) => type === 'Binary')!;

    expect(binary.interaction).not.to.deep.include({ code: 'patch' });
  });

  it('lists of AuditEvents only how they are read', async () => {
    const { json } = await get();
    const resources = json.rest[0].resource as readonly RestResource[];
    const event = resources.find(({ type }) => type === 'AuditEvent')!;

    expect(event.interaction).to.have.deep.members(
      ['read', 'vread', 'history-instance', 'history-type', 'search-type'].map((code) => ({
        code,
      })),
    );
  });

  it('lists what is possible on the whole system', async () => {
    const { json } = await get();
    const codes = (json.rest[0].interaction as readonly { readonly code: string }[]).map(
      ({ code }) => code,
    );

    expect(codes).to.have.members(['transaction', 'batch', 'search-system', 'history-system']);
    expect(json.rest[0].searchParam.map(({ name }: { name: string }) => name)).to.include(
      '_lastUpdated',
    );
  });

  it('lists every operation where it is', async () => {
    const { operation = [] } = await patient();
    const names = operation.map(({ name }) => name);

    expect(names).to.include.members(['everything', 'validate', 'meta', 'meta-add', 'meta-delete']);
    expect(names).not.to.include('expand');
  });

  it('lists exactly the parameters that search', async () => {
    const { searchParam, searchInclude, searchRevInclude } = await patient();
    const names = searchParam.map(({ name }) => name);

    expect(names).to.deep.equal([...server.context.registry.parameters('Patient').keys()]);
    expect(names).to.include.members(['_id', '_lastUpdated', 'name', 'general-practitioner']);
    expect(searchInclude).to.include('Patient:general-practitioner');
    expect(searchRevInclude).to.include('Observation:subject');
    for (const name of names)
      expect((await ask(`${server.base}/Patient?${name}:missing=true`)).status, name).to.be.oneOf([
        200, 400,
      ]);
  });

  it('is known by its ETag', async () => {
    const { headers } = await get();
    const again = await get('', { 'if-none-match': headers['etag']! });

    expect(again.status).to.equal(304);
  });

  it('answers by mode', async () => {
    expect((await get('?mode=terminology')).json.resourceType).to.equal('TerminologyCapabilities');
    expect((await get('?mode=normative')).json.resourceType).to.equal('CapabilityStatement');
    expect((await get('?mode=other')).status).to.equal(400);
  });
});
