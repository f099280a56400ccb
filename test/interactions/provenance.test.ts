// Every write leaves a Provenance in the same commit: who, when, for whom, why, by which client, which version.
// https://hl7.org/fhir/R4/provenance.html

import { expect } from 'chai';
import type { Bundle, OperationOutcome, Provenance } from 'fhir/r4.js';
import { as, namingGuard, type Name } from '../audit/support/callers.ts';
import { ask, type Question } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const patient = (id?: string) => ({
  ...{ resourceType: 'Patient', active: true },
  ...(id === undefined ? {} : { id }),
});

describe('interactions, what they leave as Provenance', () => {
  let server: TestServer;

  const send = (who: Name, path: string, question: Question = {}) =>
    ask(`${server.base}${path === '' ? '' : `/${path}`}`, {
      ...question,
      headers: { ...question.headers, ...as(who).headers },
    });
  const provenancesOf = async (target: string): Promise<readonly Provenance[]> => {
    const { json } = await send('doctor', `Provenance?target=${target}&_count=100`);
    return ((json as Bundle<Provenance>).entry ?? []).map(({ resource }) => resource!);
  };
  const count = async (): Promise<number> => {
    const { json } = await send('doctor', 'Provenance?_summary=count');
    return (json as Bundle).total!;
  };
  const activityOf = ({ activity }: Provenance) => activity?.coding?.[0]?.code;

  before(async () => {
    server = await startServer({ guard: namingGuard });
  });
  after(() => server.close());

  it('says of a create who made which version, for whom, why and by which client', async () => {
    const { json } = await send('doctor', 'Patient', { method: 'POST', body: patient() });
    const [provenance, ...others] = await provenancesOf(`Patient/${String(json.id)}`);

    expect(others).to.deep.equal([]);
    expect(provenance!.target).to.deep.equal([
      { reference: `Patient/${String(json.id)}/_history/1` },
    ]);
    expect(activityOf(provenance!)).to.equal('CREATE');
    expect(provenance!.reason?.[0]?.coding?.[0]?.code).to.equal('TREAT');
    expect(provenance!.agent[0]).to.deep.include({
      who: { reference: 'Practitioner/doctor' },
      onBehalfOf: { reference: 'Organization/hospital' },
    });
    expect(provenance!.agent[1]?.who).to.deep.equal({ identifier: { value: 'chart' } });
  });

  it('says of update, patch, labels and delete which version came after which', async () => {
    const patch = [{ op: 'replace', path: '/active', value: false }];
    const labels = [{ name: 'meta', valueMeta: { tag: [{ system: 'http://x', code: 'y' }] } }];
    await send('machine', 'Patient/p', { method: 'PUT', body: patient('p') });
    await send('machine', 'Patient/p', { method: 'PUT', body: { ...patient('p'), active: false } });
    await send('machine', 'Patient/p', {
      ...{ method: 'PATCH', body: JSON.stringify(patch) },
      headers: { 'content-type': 'application/json-patch+json' },
    });
    await send('machine', 'Patient/p/$meta-add', {
      ...{ method: 'POST', body: { resourceType: 'Parameters', parameter: labels } },
    });
    await send('machine', 'Patient/p', { method: 'DELETE' });

    const found = await provenancesOf('Patient/p');

    expect(found.map(({ target }) => target[0]!.reference!.split('/').at(-1))).to.deep.equal([
      ...['1', '2', '3', '4', '5'],
    ]);
    expect(found.map(activityOf)).to.deep.equal([
      ...['CREATE', 'UPDATE', 'UPDATE', 'UPDATE', 'DELETE'],
    ]);
    expect(found[1]!.entity).to.deep.equal([
      { role: 'revision', what: { reference: 'Patient/p/_history/1' } },
    ]);
    expect(found[0]!.agent[0]).to.deep.include({
      onBehalfOf: { reference: 'Organization/hospital' },
    });
  });

  const observation = (of: string) => ({
    ...{ resourceType: 'Observation', status: 'final', code: { text: 'x' } },
    subject: { reference: `Patient/${of}` },
  });
  const transactionOf = (resources: readonly (object & { resourceType: string })[]) => ({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: resources.map((resource) => ({
      request: { method: 'POST', url: resource.resourceType },
      resource,
    })),
  });

  it('makes one for a whole transaction, and none for one that failed', async () => {
    await send('doctor', 'Patient/whole', { method: 'PUT', body: patient('whole') });
    const resources = Array.from({ length: 30 }, () => observation('whole'));
    const before = await count();

    const body = transactionOf(resources);
    const { json } = await send('doctor', '', { method: 'POST', body });
    const unfit = { ...observation('whole'), status: 5 };
    const wrong = transactionOf([...resources, unfit]);
    expect((await send('doctor', '', { method: 'POST', body: wrong })).status).to.equal(422);

    expect(await count()).to.equal(before + 1);
    const id = (json as Bundle).entry![7]!.response!.location!.split('/')[1]!;
    expect((await provenancesOf(`Observation/${id}`))[0]!.target).to.have.length(30);
  });

  it('makes one for each patient of a transaction, so that none reads of the other', async () => {
    const organization = { resourceType: 'Organization', name: 'x' };
    const patients = ['one', 'other', 'one', 'other', 'one'];
    for (const id of ['one', 'other'])
      await send('doctor', `Patient/${id}`, { method: 'PUT', body: patient(id) });
    const before = await count();

    const body = transactionOf([...patients.map(observation), organization]);
    const { json } = await send('doctor', '', { method: 'POST', body });

    expect(await count()).to.equal(before + 3);
    const places = (json as Bundle).entry!.map(({ response }) => response!.location!);
    const [provenance] = await provenancesOf(places[1]!.split('/_')[0]!);
    expect(provenance!.target.map(({ reference }) => reference)).to.deep.equal([
      ...[places[1], places[3]],
    ]);
  });

  it('makes none when nothing was written', async () => {
    await send('doctor', 'Patient/once', { method: 'PUT', body: patient('once') });
    const before = await count();

    const headers = { 'if-none-exist': '_id=once' };
    await send('doctor', 'Patient', { method: 'POST', body: patient(), headers });
    await send('doctor', 'Patient/never', { method: 'DELETE' });

    expect(await count()).to.equal(before);
  });

  it('stores the Provenance a client sends, with the targets, and adds who really asked', async () => {
    const sent = {
      resourceType: 'Provenance',
      recorded: '2026-11-21T10:00:00Z',
      agent: [{ who: { display: 'Scanner at the desk' } }],
    };
    const headers = { 'x-provenance': JSON.stringify(sent) };

    const { json } = await send('doctor', 'Patient', { method: 'POST', body: patient(), headers });

    const [provenance, ...others] = await provenancesOf(`Patient/${String(json.id)}`);
    expect(others).to.deep.equal([]);
    expect(provenance!.recorded).to.equal('2026-11-21T10:00:00Z');
    expect(provenance!.agent.map(({ who }) => who)).to.deep.equal([
      { display: 'Scanner at the desk' },
      { reference: 'Practitioner/doctor' },
      { identifier: { value: 'chart' } },
    ]);
  });

  const wrong = {
    'is no JSON': '{',
    'is another resource': '{"resourceType":"Patient"}',
    'is not valid': '{"resourceType":"Provenance","agent":[{"who":5}]}',
    'brings targets': '{"resourceType":"Provenance","target":[{"reference":"Patient/1"}]}',
  };
  for (const [what, header] of Object.entries(wrong))
    it(`writes nothing when X-Provenance ${what}`, async () => {
      const before = await count();
      const { status, json } = await send('doctor', 'Patient/not-written', {
        ...{ method: 'PUT', body: patient('not-written') },
        headers: { 'x-provenance': header },
      });

      expect(status).to.be.oneOf([400, 422]);
      expect((json as OperationOutcome).issue[0]!.diagnostics).to.match(/X-Provenance|JSON/);
      expect(await count()).to.equal(before);
      expect((await send('doctor', 'Patient/not-written')).status).to.equal(404);
    });

  it('makes Provenances that are valid', async () => {
    const { json } = await send('doctor', 'Provenance?_count=100');

    for (const { resource } of (json as Bundle<Provenance>).entry!) {
      const answer = await send('doctor', 'Provenance/$validate', {
        method: 'POST',
        body: resource!,
      });
      const { issue } = answer.json as OperationOutcome;
      const faults = issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
      expect(faults, JSON.stringify(resource)).to.deep.equal([]);
    }
  });

  it('adds to the Provenance a client makes who really asked', async () => {
    const { json } = await send('machine', 'Provenance', {
      method: 'POST',
      body: {
        ...{ resourceType: 'Provenance', recorded: '2026-11-21T10:00:00Z' },
        target: [{ reference: 'Patient/once' }],
        agent: [{ who: { reference: 'Practitioner/doctor' } }],
      },
    });

    expect((json as Provenance).agent.map(({ who }) => who)).to.deep.equal([
      { reference: 'Practitioner/doctor' },
      { identifier: { value: 'laboratory' } },
    ]);
  });

  it('lets a client make a Provenance, and nobody change or delete one', async () => {
    const made = await send('doctor', 'Provenance', {
      method: 'POST',
      body: {
        ...{ resourceType: 'Provenance', recorded: '2026-11-21T10:00:00Z' },
        ...{ target: [{ reference: 'Patient/once' }], agent: [{ who: { display: 'x' } }] },
      },
    });
    expect(made.status).to.equal(201);
    const path = `Provenance/${String(made.json.id)}`;

    expect((await send('doctor', path, { method: 'PUT', body: made.json })).status).to.equal(403);
    expect((await send('doctor', path, { method: 'DELETE' })).status).to.equal(403);
  });
});
