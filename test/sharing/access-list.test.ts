// The access list: whatever is done about a patient's record stands in the audit that the patient reads, by whom and why. Through
// the API of a whole server, as users meet it.

import { expect } from 'chai';
import type {
  AuditEvent,
  Bundle,
  Consent,
  Parameters,
  Patient,
  Provenance,
  RelatedPerson,
  Task,
} from 'fhir/r4.js';
import { tokenId } from '#src/access/authenticate.ts';
import type { Caller } from '#src/access/caller.ts';
import { clientOf, type Client } from '#test/support/client.ts';
import { describeOnStores, startServer, type TestServer } from '#test/support/server.ts';
import { asking, clinician, parameters, patientCaller, person, system } from './support/inside.ts';

describeOnStores('the access list of a patient', (store) => {
  let server: TestServer;
  let patient: string;
  let uhid: string;
  let observation: string;
  const clients: Client[] = [];

  /** Somebody who holds a token. */
  const as = async (caller: Caller): Promise<Client> => {
    const token = `token-${String(clients.length)}`;
    const { client, scopes, ...said } = caller;
    await server.context.store.records.put('AccessToken', tokenId(token), {
      ...{ clientId: client, accountId: caller.user, scope: scopes.join(' ') },
      ...{ exp: Math.floor(Date.now() / 1000) + 3600, extra: { caller: said } },
    });
    const made = clientOf(server.base, token);
    clients.push(made);
    return made;
  };
  const post = async <T>(client: Client, path: string, body: unknown): Promise<T> => {
    const { status, text } = await client.post(path, body);
    expect(status, text).to.be.within(200, 299);
    return JSON.parse(text) as T;
  };
  const get = async <T>(client: Client, path: string): Promise<T> =>
    JSON.parse((await client.get(path)).text) as T;
  const eventsFor = async (client: Client, query = ''): Promise<readonly AuditEvent[]> => {
    const { entry = [] } = await get<Bundle<AuditEvent>>(client, `AuditEvent?_count=200${query}`);
    return entry.map(({ resource }) => resource!);
  };
  const operationsIn = (events: readonly AuditEvent[]): readonly string[] =>
    events.flatMap(({ subtype = [] }) => subtype.map(({ code }) => code!));

  before(async () => {
    server = await startServer({ guard: 'standard', store });
    const desk = await as({ ...clinician('Organization/a', 'clerk'), role: 'desk' });
    const resource = { name: 'resource', resource: person() };
    const registered = await post<Patient>(
      ...([desk, 'Patient/$register', parameters(resource).body] as const),
    );
    patient = registered.id!;
    uhid = registered.identifier!.find((each) => each.system === system)!.value!;
    const doctor = await as(clinician('Organization/a', 'own'));
    ({ id: observation = '' } = await post<{ id?: string }>(doctor, 'Observation', {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Potassium' },
      subject: { reference: `Patient/${patient}` },
    }));
  });
  after(async () => {
    for (const client of clients) client.close();
    await server.close();
  });

  it('tells an emergency from its beginning to its end, each access with its purpose', async () => {
    const stranger = await as(clinician('Organization/b', 'emergency'));
    const asPatient = await as(patientCaller(patient));
    const path = `Observation/${observation}`;
    expect((await stranger.get(path)).status).to.equal(404);

    const opened = await post<Parameters>(stranger, 'Patient/$break-glass', {
      ...parameters(
        { name: 'identifier', valueIdentifier: { system, value: uhid } },
        { name: 'reason', valueString: 'Unconscious after a fall, alone' },
      ).body,
    });
    expect((await stranger.get(path)).status).to.equal(200);
    const change = await stranger.put(path, { resourceType: 'Observation', id: observation });
    expect(change.status).to.equal(403);
    const task = opened.parameter!.find(({ name }) => name === 'task')!.valueReference!.reference!;
    await post(stranger, `${task}/$end-emergency`, parameters().body);
    expect((await stranger.get(path)).status).to.equal(404);

    const events = await eventsFor(asPatient);
    const own = events.filter(({ type }) => type.code === '110113');
    expect(operationsIn(own)).to.have.members(['110127', '110138']);
    for (const event of own) expect(event.purposeOfEvent![0]!.coding![0]!.code).to.equal('BTG');
    const reads = events.filter(
      ({ subtype, outcome, agent }) =>
        subtype?.[0]?.code === 'read' &&
        outcome === '0' &&
        agent.some(({ altId }) => altId === 'emergency'),
    );
    expect(reads.map(({ purposeOfEvent }) => purposeOfEvent?.[0]?.coding?.[0]?.code)).to.deep.equal(
      ['BTG'],
    );
  });

  it('tells what was asked for, given and seen by it', async () => {
    const other = await as(clinician('Organization/c', 'other'));
    const asPatient = await as(patientCaller(patient));
    const path = `Observation/${observation}`;
    await post(other, 'Patient/$request-access', asking(uhid).body);
    const { entry } = await get<Bundle<Task>>(
      asPatient,
      'Task?code=request-access&status=requested',
    );
    const consent = await post<Consent>(
      ...([
        asPatient,
        `Task/${entry![0]!.resource!.id!}/$approve-access`,
        parameters().body,
      ] as const),
    );
    expect((await other.get(path)).status).to.equal(200);
    await asPatient.put(`Consent/${consent.id!}`, { ...consent, status: 'inactive' });
    expect((await other.get(path)).status).to.equal(404);

    const seen = (await eventsFor(asPatient)).filter(({ agent }) =>
      agent.some(({ altId }) => altId === 'other'),
    );
    expect(operationsIn(seen)).to.include('read');
    expect(operationsIn(await eventsFor(asPatient))).to.include('approve-access');
  });

  it('tells what a proxy did, as the act of the proxy', async () => {
    const asPatient = await as(patientCaller(patient));
    const registry = await as({
      ...{ client: 'registry', token: 'registry', role: 'network', scopes: ['system/*.cruds'] },
    });
    const reference = `Patient/${patient}`;
    const { id = '' } = await post<RelatedPerson>(registry, 'RelatedPerson', {
      ...{ resourceType: 'RelatedPerson', active: true, patient: { reference } },
    });
    await post(asPatient, 'Consent', consentFor(`RelatedPerson/${id}`, reference));
    const proxy = { ...patientCaller(patient), user: 'child', fhirUser: `RelatedPerson/${id}` };
    const asProxy = await as({ ...proxy, role: 'proxy' });

    expect((await asProxy.get(`Observation/${observation}`)).status).to.equal(200);
    const observed = await post<{ id: string }>(asProxy, 'Observation', {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'Weight' } },
      subject: { reference },
    });

    const acts = (await eventsFor(asPatient)).filter(({ agent }) =>
      agent.some(({ who }) => who?.reference === `RelatedPerson/${id}`),
    );
    expect(operationsIn(acts)).to.include.members(['read', 'create']);
    for (const { agent, entity } of acts) {
      expect(agent[0]!.role![0]!.text).to.equal('proxy');
      expect(entity!.map(({ what }) => what?.reference)).to.include(reference);
    }
    const { entry } = await get<Bundle<Provenance>>(
      ...([asPatient, `Provenance?target=Observation/${observed.id}`] as const),
    );
    expect(entry![0]!.resource!.agent[0]).to.deep.include({
      who: { reference: `RelatedPerson/${id}` },
      onBehalfOf: { reference },
    });
  });
});

/** By which a patient lets somebody stand for them for a day. */
const consentFor = (proxy: string, patient: string): Consent => ({
  ...{ resourceType: 'Consent', status: 'active', patient: { reference: patient } },
  scope: { coding: [{ code: 'patient-privacy' }] },
  category: [{ text: 'proxy' }],
  policyRule: { text: 'as agreed' },
  provision: {
    type: 'permit',
    period: { end: new Date(Date.now() + 86_400_000).toISOString() },
    actor: [{ role: { text: 'proxy' }, reference: { reference: proxy } }],
  },
});
