// The CapabilityStatement lists exactly what works: each interaction and search parameter of each type answers, and what
// is not listed is refused.
// https://hl7.org/fhir/R4/http.html#capabilities

import { expect } from 'chai';
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { bundleOf, outcomeOf, resourceOf } from '../support/client.ts';
import { loadDefinitions } from '../../src/fhir/definitions/load.ts';
import { liveServer } from '../support/live.ts';

/** A value that is right for a parameter of the type. */
const sampleOf: Readonly<Record<string, string>> = {
  number: '1',
  date: '2020',
  string: 'x',
  token: 'x',
  reference: 'x',
  quantity: '1',
  uri: 'http://x.example',
};
const definitions = loadDefinitions();
/** https://hl7.org/fhir/R4/valueset-resource-types.html has 148, Resource and DomainResource among them. */
const typesOfR4 = 146;

describe('the CapabilityStatement', function () {
  this.timeout(300_000);
  const server = liveServer();
  let statement: CapabilityStatement;
  let resources: readonly CapabilityStatementRestResource[];
  before(async () => {
    statement = resourceOf(await server.get('metadata')) as CapabilityStatement;
    resources = statement.rest![0]!.resource!;
  });

  it('is a valid R4 instance of this server', async () => {
    expect(statement).to.deep.include({ kind: 'instance', fhirVersion: '4.0.1', status: 'active' });
    const outcome = outcomeOf(await server.post('CapabilityStatement/$validate', statement));
    expect(outcome.issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });

  it('lists every resource type', () => {
    expect(resources).to.have.length(typesOfR4);
  });

  it('lists formats that are really answered', async () => {
    for (const format of statement.format) {
      const answer = await server.get(`metadata?_format=${encodeURIComponent(format)}`);
      expect(answer.status, format).to.equal(200);
    }
  });

  it('lists search parameters that all answer', async () => {
    const faults: string[] = [];
    for (const { type, searchParam = [] } of resources)
      for (const { name, type: kind } of searchParam) {
        const path = `${type}?${name}=${encodeURIComponent(sampleOf[kind] ?? compositeSample(type, name))}`;
        const answer = await server.get(`${path}&_count=1`);
        if (answer.status !== 200)
          faults.push(`${path}: ${String(answer.status)} ${answer.text.slice(0, 160)}`);
      }
    expect(faults).to.deep.equal([]);
  });

  /** `x$1` for a token and a quantity: a right value for each part. */
  const compositeSample = (type: string, name: string): string => {
    const parameters = [...definitions.searchParameters(type).values()];
    const { components } = definitions.searchParameters(type).get(name)!;
    return components
      .map(({ definition }) => parameters.find(({ url }) => url === definition)!.type)
      .map((kind) => sampleOf[kind] ?? 'x')
      .join('$');
  };

  it('lists a definition for each search parameter, once per name', () => {
    for (const { type, searchParam = [] } of resources) {
      expect(new Set(searchParam.map(({ name }) => name)).size, type).to.equal(searchParam.length);
      expect(
        searchParam.filter(({ definition }) => !definition?.startsWith('http')),
        type,
      ).to.deep.equal([]);
    }
  });

  it('lists includes that all answer', async () => {
    const listed = resources.flatMap(({ type, searchInclude = [], searchRevInclude = [] }) => [
      ...searchInclude.map((value) => `${type}?_include=${encodeURIComponent(value)}`),
      ...searchRevInclude.map((value) => `${type}?_revinclude=${encodeURIComponent(value)}`),
    ]);
    const faults: string[] = [];
    for (const path of listed.filter((_, place) => place % 7 === 0)) {
      const answer = await server.get(`${path}&_count=1`);
      if (answer.status !== 200) faults.push(`${path}: ${String(answer.status)}`);
    }
    expect(faults).to.deep.equal([]);
  });

  it('lists interactions that all answer', async () => {
    const requests: Readonly<Record<string, (type: string) => Promise<number>>> = {
      read: async (type) => (await server.get(`${type}/not-there`)).status,
      vread: async (type) => (await server.get(`${type}/not-there/_history/1`)).status,
      update: async (type) => (await server.put(`${type}/a_b`, '{}')).status,
      patch: async (type) =>
        (
          await server.patch(`${type}/not-there`, '[]', {
            'content-type': 'application/json-patch+json',
          })
        ).status,
      delete: async (type) => (await server.delete(`${type}/not-there`)).status,
      'history-instance': async (type) => (await server.get(`${type}/not-there/_history`)).status,
      'history-type': async (type) => (await server.get(`${type}/_history?_count=1`)).status,
      create: async (type) => (await server.post(type, '{}')).status,
      'search-type': async (type) => (await server.get(`${type}?_count=1`)).status,
    };
    const right: Readonly<Record<string, readonly number[]>> = {
      read: [404],
      vread: [404],
      update: [400, 422],
      patch: [404, 422, 400],
      delete: [200, 204, 404],
      'history-instance': [404],
      'history-type': [200],
      create: [400, 422],
      'search-type': [200],
    };
    const faults: string[] = [];
    for (const { type, interaction = [] } of resources)
      for (const { code } of interaction) {
        const status = await requests[code]?.(type);
        if (status === undefined || !right[code]!.includes(status))
          faults.push(`${code} ${type}: ${String(status)}`);
      }
    expect(faults).to.deep.equal([]);
  });

  it('lists operations that all answer something better than "not known"', async () => {
    const operations = [
      ...resources.flatMap(({ type, operation = [] }) =>
        operation.map(({ name }) => ({ path: type, name })),
      ),
      ...(statement.rest![0]!.operation ?? []).map(({ name }) => ({ path: '', name })),
    ];
    expect(operations.map(({ name }) => name)).to.include.members([
      'validate',
      'everything',
      'meta',
      'expand',
    ]);
    const faults: string[] = [];
    for (const { path, name } of operations) {
      const answers = [];
      for (const at of [path, `${path}/not-there`].filter((one) => !one.startsWith('/')))
        answers.push(
          await server.post([at, `$${name}`].filter(Boolean).join('/'), {
            resourceType: 'Parameters',
          }),
        );
      if (
        answers.every(
          ({ text }) =>
            /not known|no operation|unknown operation/i.test(text) && text.includes(`$${name}`),
        )
      )
        faults.push(`${path}/$${name}: ${answers[0]!.text.slice(0, 200)}`);
    }
    expect(faults).to.deep.equal([]);
  });

  it('lists nothing that is refused, and what is not listed is refused', async () => {
    for (const { type, searchParam = [] } of resources.filter((_, place) => place % 10 === 0)) {
      const known = new Set(searchParam.map(({ name }) => name));
      const unlisted = ['birthdate', 'code', 'subject', 'url', 'value-quantity', 'name'].filter(
        (name) => !known.has(name),
      );
      for (const name of unlisted) {
        const answer = await server.get(`${type}?${name}=x`);
        expect(answer.status, `${type}?${name}`).to.equal(400);
        expect(outcomeOf(answer).issue[0]!.diagnostics).to.contain(name);
      }
    }
    expect((await server.get('Foo?_id=1')).status).to.equal(404);
  });

  it('lists system interactions that all answer', async () => {
    const codes = (statement.rest![0]!.interaction ?? []).map(({ code }) => code);

    expect([...codes].sort()).to.deep.equal([
      'batch',
      'history-system',
      'search-system',
      'transaction',
    ]);
    expect(bundleOf(await server.get('_history?_count=1')).type).to.equal('history');
    expect(bundleOf(await server.get('?_type=Patient&_count=1')).type).to.equal('searchset');
    for (const type of ['batch', 'transaction'])
      expect(
        (
          await server.post('', {
            resourceType: 'Bundle',
            type,
            entry: [{ request: { method: 'GET', url: 'metadata' } }],
          })
        ).status,
      ).to.equal(200);
  });

  it('lists the compartments that can be searched', () => {
    const names = (statement.rest![0]!.compartment ?? []).map((url) => url.split('/').at(-1)!);
    expect(names.sort()).to.deep.equal([
      'device',
      'encounter',
      'patient',
      'practitioner',
      'relatedPerson',
    ]);
  });
});
