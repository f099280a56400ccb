// Every access to the FHIR API can be read back as AuditEvents in the shape of IHE's Basic Audit Log Patterns.
// https://profiles.ihe.net/ITI/BALP/content.html

import { expect } from 'chai';
import type { AuditEvent, Bundle, OperationOutcome } from 'fhir/r4.js';
import { ask, type Question } from '../support/ask.ts';
import { describeOnStores, startServer, type TestServer } from '../support/server.ts';
import { as, namingGuard, type Name } from './support/callers.ts';

type Events = readonly AuditEvent[];

const patientsIn = (events: Events): readonly string[] =>
  events
    .flatMap(({ entity = [] }) => entity.filter(({ role }) => role?.code === '1'))
    .map(({ what }) => what?.reference ?? '')
    .sort();
const objectsIn = (events: Events): readonly string[] =>
  events
    .flatMap(({ entity = [] }) => entity.filter(({ role }) => role?.code === '4'))
    .map(({ what }) => what?.reference ?? '');
const queriesIn = (events: Events): readonly string[] =>
  events.flatMap(({ entity = [] }) =>
    entity.flatMap(({ query }) =>
      query === undefined ? [] : [Buffer.from(query, 'base64').toString()],
    ),
  );
const summaryOf = ({ action, outcome, subtype }: AuditEvent) => ({
  ...{ action, outcome, subtype: subtype?.[0]?.code },
});

describeOnStores('audit of accesses', (store) => {
  let server: TestServer;
  let count = 0;

  const send = (who: Name | undefined, path: string, question: Question = {}) =>
    ask(`${server.base}${path === '' ? '' : `/${path}`}`, {
      ...question,
      headers: { ...question.headers, ...(who ? as(who).headers : {}) },
    });
  const all = async (who: Name, query = ''): Promise<Events> => {
    const { json } = await send(who, `AuditEvent?_count=1000${query}`);
    return ((json as Bundle<AuditEvent>).entry ?? []).map(({ resource }) => resource!);
  };
  /** What the audit says of one request. */
  const traced = async (who: Name | undefined, path: string, question: Question = {}) => {
    const requestId = `test-${String((count += 1))}`;
    const headers = { ...question.headers, 'x-request-id': requestId };
    const { status } = await send(who, path, { ...question, headers });
    const events = (await all('doctor')).filter((event) =>
      event.entity?.some(({ what }) => what?.identifier?.value === requestId),
    );
    return { status, events };
  };
  const put = (who: Name, resource: object & { resourceType: string; id: string }) =>
    send(who, `${resource.resourceType}/${resource.id}`, { method: 'PUT', body: resource });
  const observation = (id: string, patient: string) => ({
    ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' } },
    subject: { reference: `Patient/${patient}` },
  });

  before(async () => {
    server = await startServer({ guard: namingGuard, store });
    for (const id of ['ada', 'bob'])
      await put('machine', { resourceType: 'Patient', id, ...{ name: [{ family: 'Same' }] } });
    const name = [{ text: 'Dr. Grace Hopper' }];
    await put('machine', { resourceType: 'Practitioner', id: 'doctor', ...{ name } });
    for (const id of ['ada', 'bob']) await put('machine', observation(`of-${id}`, id));
  });
  after(() => server.close());

  it('tells of a read who, by which client, for whom, why, whose record and which version', async () => {
    const { events } = await traced('doctor', 'Observation/of-ada');

    expect(events).to.have.length(1);
    const event = events[0]!;
    const [user, client, organization, machine] = event.agent;
    expect(event.meta?.profile).to.deep.equal([
      'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead',
    ]);
    expect(summaryOf(event)).to.deep.equal({ action: 'R', outcome: '0', subtype: 'read' });
    expect(
      event.entity?.map(({ what }) => what?.reference ?? what?.identifier?.value),
    ).to.deep.equal([...['Observation/of-ada/_history/1', 'Patient/ada', `test-${String(count)}`]]);
    expect(user).to.deep.include({
      ...{ requestor: true, altId: 'u-doctor', name: 'Dr. Grace Hopper' },
      who: { reference: 'Practitioner/doctor', display: 'Dr. Grace Hopper' },
      policy: ['hash-of-doctors-token'],
    });
    expect(user?.purposeOfUse?.[0]?.coding?.[0]?.code).to.equal('TREAT');
    expect(client?.who?.identifier?.value).to.equal('chart');
    expect(client?.network).to.deep.equal({ address: '127.0.0.1', type: '2' });
    expect(organization?.who?.reference).to.equal('Organization/hospital');
    expect(machine?.network?.address).to.equal(server.base);
    expect(Date.now() - Date.parse(event.recorded)).to.be.within(0, 60_000);
  });

  const writes = [
    ['PUT', 'Observation/written', 'U', 'update', 'written/_history/1'],
    ['PUT', 'Observation/written', 'U', 'update', 'written/_history/2'],
    ['DELETE', 'Observation/written', 'D', 'delete', 'written/_history/3'],
    ['GET', 'Observation/written/_history/1', 'R', 'vread', 'written/_history/1'],
  ] as const;
  it('tells of each write and of old versions, with the patient also when the resource is deleted', async () => {
    for (const [method, path, action, subtype, version] of writes) {
      const body = method === 'PUT' ? { body: observation('written', 'bob') } : {};
      const { events } = await traced('doctor', path, { method, ...body });

      expect(events.map(summaryOf), path).to.deep.equal([{ action, outcome: '0', subtype }]);
      expect(objectsIn(events)).to.deep.equal([`Observation/${version}`]);
      expect(patientsIn(events)).to.deep.equal(['Patient/bob']);
    }
  });

  it('tells of a create of a resource that is about nobody', async () => {
    const { events } = await traced('machine', 'Organization', {
      ...{ method: 'POST', body: { resourceType: 'Organization', name: 'Hospital' } },
    });

    expect(events.map(summaryOf)).to.deep.equal([{ action: 'C', outcome: '0', subtype: 'create' }]);
    expect(events[0]!.meta?.profile?.[0]).to.match(/IHE\.BasicAudit\.Create$/);
    expect(events[0]!.agent[0]).to.deep.include({
      requestor: true,
      policy: ['hash-of-machines-token'],
    });
  });

  it('makes of a search one event for each patient it showed, and one with the whole question', async () => {
    const { events } = await traced(
      'doctor',
      'Observation?code:text=x&_include=Observation:subject',
    );

    expect(patientsIn(events)).to.deep.equal(['Patient/ada', 'Patient/bob']);
    expect(events.map(({ meta }) => meta?.profile?.[0]?.split('.').at(-1))).to.have.members([
      ...['PatientQuery', 'PatientQuery', 'Query'],
    ]);
    expect(queriesIn(events)).to.have.members([
      `${server.base}/Observation?code:text=&_include=`,
      `${server.base}/Observation?code:text=&_include=`,
      `${server.base}/Observation?code:text=x&_include=Observation:subject`,
    ]);
  });

  it('keeps the whole question with the patient when it showed one alone', async () => {
    const { events } = await traced('doctor', 'Observation?patient=ada');

    expect(patientsIn(events)).to.deep.equal(['Patient/ada']);
    expect(queriesIn(events)).to.deep.equal([`${server.base}/Observation?patient=ada`]);
  });

  it('names the patient who was searched for also when nothing was found', async () => {
    const { events } = await traced('doctor', 'Condition?subject=Patient%2Fbob');

    expect(patientsIn(events)).to.deep.equal(['Patient/bob']);
  });

  it('keeps the form of a search by POST', async () => {
    const { events } = await traced('doctor', 'Observation/_search', {
      ...{ method: 'POST', body: 'patient=ada&_count=5' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect(queriesIn(events)).to.deep.equal([
      `${server.base}/Observation/_search?patient=ada&_count=5`,
    ]);
  });

  it('keeps no token and no password that somebody puts into the address', async () => {
    const { events } = await traced(
      'doctor',
      'Observation?patient=ada&access_token=abc&pass%77ord=def',
    );

    expect(queriesIn(events)).to.deep.equal([
      `${server.base}/Observation?patient=ada&access_token=***&pass%77ord=***`,
    ]);
  });

  it('tells what an operation showed', async () => {
    const { events } = await traced('doctor', 'Patient/ada/$everything');

    expect(patientsIn(events)).to.deep.equal(['Patient/ada']);
    expect(objectsIn(events)).to.include('Observation/of-ada/_history/1');
    expect(events[0]!.subtype?.map(({ code }) => code)).to.deep.equal(['operation', 'everything']);
  });

  it('tells of whom an operation only counted the record', async () => {
    const { events } = await traced('doctor', 'Patient/ada/$everything?_summary=count');

    expect(patientsIn(events)).to.deep.equal(['Patient/ada']);
  });

  it('tells the entries of a batch one by one, with those that were refused', async () => {
    const entry = [
      { request: { method: 'GET', url: 'Observation/of-ada' } },
      { request: { method: 'GET', url: 'Observation/of-nobody' } },
      { request: { method: 'GET', url: 'Observation?patient=bob' } },
      { request: { method: 'POST', url: 'Observation' }, resource: observation('x', 'ada') },
    ];
    const body = { resourceType: 'Bundle', type: 'batch', entry };

    const { events } = await traced('doctor', '', { method: 'POST', body });

    const told = events.map((event) => ({ ...summaryOf(event), of: patientsIn([event])[0] }));
    expect(told).to.have.deep.members([
      { action: 'R', outcome: '0', subtype: 'read', of: 'Patient/ada' },
      { action: 'R', outcome: '4', subtype: 'read', of: undefined },
      { action: 'E', outcome: '0', subtype: 'search-type', of: 'Patient/bob' },
      { action: 'C', outcome: '0', subtype: 'create', of: 'Patient/ada' },
    ]);
  });

  it('makes of a transaction one event for each patient, with what was written', async () => {
    const entry = ['ada', 'bob', 'bob'].map((patient) => ({
      request: { method: 'POST', url: 'Observation' },
      resource: observation('x', patient),
    }));
    const body = { resourceType: 'Bundle', type: 'transaction', entry };

    const { events } = await traced('doctor', '', { method: 'POST', body });

    expect(patientsIn(events)).to.deep.equal(['Patient/ada', 'Patient/bob']);
    expect(events.map((event) => objectsIn([event]).length).sort()).to.deep.equal([1, 2]);
  });

  const refusals = [
    [undefined, 'Observation/of-ada', 401, 'Patient/ada'],
    ['ada', 'Observation/of-bob', 404, 'Patient/bob'],
    ['doctor', 'Patient/nobody', 404, undefined],
    ['doctor', 'Observation?nonsense=1', 400, undefined],
    ['ada', 'Patient?_id=bob', 200, undefined],
  ] as const;
  it('tells what was refused, and whose record it would have been', async () => {
    for (const [who, path, expected, patient] of refusals) {
      const { status, events } = await traced(who, path);

      expect(status, path).to.equal(expected);
      expect(patientsIn(events)[0], path).to.equal(patient);
      expect(events.map(({ outcome }) => outcome)).to.deep.equal([expected === 200 ? '0' : '4']);
    }
  });

  it('keeps no event of the server itself, nor of the metadata that everyone may read', async () => {
    const { events } = await traced('doctor', 'metadata');

    expect(events.map(summaryOf)).to.deep.equal([
      { action: 'E', outcome: '0', subtype: 'capabilities' },
    ]);
    const reads = async () =>
      (await all('doctor')).filter((event) => summaryOf(event).subtype === 'read').length;
    const before = await reads();
    await server.context.dispatch(
      { method: 'GET', path: 'Patient/ada', query: [], headers: {}, base: server.base },
      {
        allows: () => true,
        filter: () => ({ op: 'everything' }),
        covers: () => Promise.resolve(true),
      },
    );
    expect(await reads()).to.equal(before);
  });

  it('shows patients who has looked at their record, and nothing of anybody else', async () => {
    await send('doctor', 'Observation?code:text=x&patient=ada,bob');
    const own = await all('ada');

    expect(own.length).to.be.greaterThan(5);
    expect(own.some(({ agent }) => agent[0]?.name === 'Dr. Grace Hopper')).to.be.true;
    const text = JSON.stringify(own) + queriesIn(own).join();
    expect(text).to.not.match(/Patient\/bob|of-bob|bob/);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect((await all('ada', `&patient=ada&date=gt${since}`)).length).to.be.greaterThan(5);
    expect((await all('ada', '&patient=bob')).length).to.equal(0);
  });

  it('tells those who were refused neither whose record it is nor whether there is one', async () => {
    for (const path of ['Observation/of-bob', 'Observation/of-nobody', 'Observation?patient=bob']) {
      const { events } = await traced('ada', path);
      const ids = events.map(({ id }) => id);

      expect(ids).to.have.length(1);
      expect((await all('ada')).filter(({ id }) => ids.includes(id))).to.deep.equal([]);
    }
  });

  it('lets nobody write, change or delete AuditEvents', async () => {
    const event = (await all('doctor'))[0]!;
    const id = event.id!;
    const attempts: readonly (readonly [string, string, object?])[] = [
      ['POST', 'AuditEvent', event],
      ['PUT', `AuditEvent/${id}`, event],
      ['PUT', 'AuditEvent/new', { ...event, id: 'new' }],
      ['DELETE', `AuditEvent/${id}`],
      ['DELETE', 'AuditEvent/none'],
      ['DELETE', `AuditEvent?_id=${id}`],
      ['POST', `AuditEvent/${id}/$meta-add`, labels],
    ];
    for (const [method, path, body] of attempts) {
      const { status, json } = await send('doctor', path, { method, ...(body ? { body } : {}) });
      expect(status, `${method} ${path}`).to.equal(403);
      expect((json as OperationOutcome).issue[0]!.diagnostics).to.match(/server alone/);
    }
    for (const [method, url, resource] of attempts.slice(0, 4)) {
      const entry = [{ request: { method, url }, ...(resource ? { resource } : {}) }];
      const body = { resourceType: 'Bundle', type: 'transaction', entry };
      expect((await send('doctor', '', { method: 'POST', body })).status, url).to.equal(403);
    }
  });

  const labels = {
    resourceType: 'Parameters',
    parameter: [{ name: 'meta', valueMeta: { tag: [{ system: 'http://x', code: 'y' }] } }],
  };

  it('makes AuditEvents that are valid', async () => {
    const events = await all('doctor');

    for (const event of events) {
      const { json } = await send('doctor', 'AuditEvent/$validate', {
        method: 'POST',
        body: event,
      });
      const issues = (json as OperationOutcome).issue.filter(
        ({ severity }) => severity === 'error' || severity === 'fatal',
      );
      expect(issues, JSON.stringify(event)).to.deep.equal([]);
    }
    expect(events.length).to.be.greaterThan(30);
  });
});
