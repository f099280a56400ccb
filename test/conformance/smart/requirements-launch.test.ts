// What SMART App Launch 2.2 requires of a launch and of the tokens that come of it, where no test of Inferno asks for it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { unrestricted } from '../../../src/access/permit.ts';
import { parseDocument } from '../../../src/fhir/json.ts';
import { createUsers } from '../../../src/oauth/users/users.ts';
import { bundleOf, idsOf } from '../../support/client.ts';
import { introspect, refresh } from './support/app.ts';
import { checkFhirContext, keysOf, splitScopes } from './support/checks.ts';
import { ehrToken } from './support/ehr.ts';
import { authorize, launch, openFromEhr } from './support/launch.ts';
import { formsOf } from './support/agent.ts';
import { hospitals, population } from './support/population.ts';
import { patientTypes, searchOf } from './support/us-core.ts';
import { smartWorld } from './support/world.ts';

const patientScope = 'launch/patient openid fhirUser patient/*.rs';

describe('SMART 2.2 requirements of a launch', () => {
  const world = smartWorld();

  const byPatient = (scope: string) =>
    launch(world(), world().apps.secret, scope, { person: world().people.asha });
  const byClinician = (scope: string) =>
    launch(world(), world().apps.secret, scope, { person: world().people.dora, patient: 'asha' });
  const fromEhr = async (scope: string, context: Readonly<Record<string, unknown>>) => {
    const { apps, people } = world();
    const opened = await openFromEhr(
      world(),
      await ehrToken(world(), people.dora),
      apps.secret,
      context,
    );
    const changes = { launch: opened.searchParams.get('launch') ?? undefined };
    return launch(world(), apps.secret, scope, { person: people.dora, changes });
  };

  it('takes an authorization request by GET and by POST', async () => {
    const { apps, people } = world();
    for (const method of ['GET', 'POST'] as const) {
      const { sent } = await authorize(world(), apps.secret, patientScope, {
        person: people.asha,
        method,
      });
      expect(sent.get('code'), method).to.be.a('string');
    }
  });

  it('answers with JSON at its discovery address whatever Accept says, and with absolute addresses', async () => {
    for (const accept of [
      'application/fhir+json',
      'text/html',
      'application/fhir+xml',
      '*/*',
      'image/png',
    ]) {
      const answer = await fetch(`${world().endpoints.base}/.well-known/smart-configuration`, {
        headers: { accept },
      });
      expect(answer.status, accept).to.equal(200);
      expect(answer.headers.get('content-type'), accept).to.match(/^application\/json/);
    }
    for (const [name, value] of Object.entries(world().configuration as object))
      if (/_endpoint$|_uri$/.test(name)) expect(URL.canParse(String(value)), name).to.equal(true);
  });

  it('advertises clients that sign: endpoint, scopes, methods, and RS384 or ES384', () => {
    const { configuration } = world();

    expect(configuration.capabilities).to.include('client-confidential-asymmetric');
    expect(configuration.scopes_supported).to.be.an('array').that.is.not.empty;
    expect(configuration.token_endpoint_auth_methods_supported).to.include('private_key_jwt');
    expect(configuration.token_endpoint_auth_signing_alg_values_supported).to.include.members([
      'RS384',
      'ES384',
    ]);
  });

  it('publishes its keys as bare keys, without certificates', async () => {
    for (const key of (await keysOf(world())).keys)
      expect(key).not.to.have.any.keys('x5c', 'x5u', 'x5t');
  });

  it('names no brand bundle in its SMART configuration', () => {
    expect(world().configuration).not.to.have.any.keys(
      'user_access_brand_bundle',
      'user_access_brand_identifier',
    );
  });

  it('claims no capability that is not offered', () => {
    expect(world().configuration.capabilities).to.be.an('array').and.not.include('smart-app-state');
  });

  it('claims that a person can choose a visit', () => {
    expect(world().configuration.capabilities).to.include('context-standalone-encounter');
    expect(world().configuration.scopes_supported).to.include('launch/encounter');
  });

  it('sends no tenant with a token', async () => {
    const { reply } = await byPatient(patientScope);

    expect(reply.json).to.include.keys('access_token', 'patient');
    expect(reply.json).not.to.have.any.keys('tenant');
  });

  it('gives tokens of characters that a header may hold', async () => {
    const { reply } = await byPatient(`${patientScope} offline_access`);

    for (const token of [reply.json.access_token, reply.json.refresh_token])
      expect(token).to.match(/^[A-Za-z0-9\-._~+/]+=*$/);
  });

  it('gives a refresh token only with offline_access or online_access', async () => {
    for (const [more, isGiven] of [
      ['', false],
      [' offline_access', true],
      [' online_access', true],
    ] as const) {
      const { reply } = await byPatient(patientScope + more);
      expect('refresh_token' in reply.json, more).to.equal(isGiven);
    }
  });

  it('keeps online_access while the user is signed in, and offline_access longer', async () => {
    const { apps, endpoints } = world();
    const online = await byPatient(`${patientScope} online_access`);
    const whileIn = await refresh(apps.secret, endpoints, online.reply.json.refresh_token);
    const offline = await launch(world(), apps.secret, `${patientScope} offline_access`, {
      ...{ person: world().people.asha, agent: online.agent },
    });
    await signOut(online.agent);
    const onlineAfter = await refresh(apps.secret, endpoints, whileIn.json.refresh_token);
    const offlineAfter = await refresh(apps.secret, endpoints, offline.reply.json.refresh_token);

    expect([whileIn.status, onlineAfter.status, offlineAfter.status]).to.deep.equal([
      200, 400, 200,
    ]);
  });

  it('gives the same scopes again at a refresh that names none', async () => {
    const { apps, endpoints } = world();
    const { reply } = await byPatient(`${patientScope} offline_access`);
    const again = await refresh(apps.secret, endpoints, reply.json.refresh_token);

    expect(splitScopes(again.json.scope)).to.have.members([...splitScopes(reply.json.scope)]);
  });

  it('gives no more by a scope than the user may do', async () => {
    const { reply } = await byClinician('openid fhirUser user/*.cruds');
    const fhir = world().fhir(reply.json.access_token);

    expect((await fhir.get('Patient/asha')).status).to.equal(200);
    expect((await fhir.get('Patient/carla')).status).to.equal(404);
    expect(idsOf(bundleOf(await fhir.get('Patient?name=Stone')))).to.deep.equal([]);
  });

  it('reaches one patient by patient scopes', async () => {
    const { reply } = await byPatient(patientScope);
    const fhir = world().fhir(reply.json.access_token);

    expect(idsOf(bundleOf(await fhir.get('Patient')))).to.deep.equal(['asha']);
    for (const other of ['ben', 'carla']) {
      expect((await fhir.get(`Patient/${other}`)).status).to.be.oneOf([403, 404]);
      for (const type of patientTypes)
        expect(idsOf(bundleOf(await fhir.get(searchOf(type, other)))), type).to.deep.equal([]);
    }
  });

  it('reaches the person a proxy chose, and not the proxy', async () => {
    const { apps, people } = world();
    const { reply, seen } = await launch(world(), apps.secret, patientScope, {
      person: people.asha,
      patient: 'ben',
    });
    const fhir = world().fhir(reply.json.access_token);

    expect(seen).to.include('picker');
    expect(reply.json.patient).to.equal('ben');
    expect((await fhir.get('Patient/asha')).status).to.be.oneOf([403, 404]);
  });

  it('does not follow Patient.link: a token for one record does not open another', async () => {
    const { server } = world();
    const { reply } = await byPatient(patientScope);
    const linked = {
      ...{ resourceType: 'Patient', id: 'asha', name: [{ family: 'Rao', given: ['Asha'] }] },
      link: [{ other: { reference: 'Patient/carla' }, type: 'seealso' }],
    };
    await server.context.dispatch(
      {
        ...{ method: 'PUT', path: 'Patient/asha', query: [], headers: {}, base: server.base },
        body: parseDocument(JSON.stringify(linked), 50),
      },
      { ...unrestricted, custodian: hospitals.north },
    );

    expect((await world().fhir(reply.json.access_token).get('Patient/carla')).status).to.be.oneOf([
      403, 404,
    ]);
    expect((await world().fhir(reply.json.access_token).get('Patient/asha')).status).to.equal(200);
  });

  it('describes what Patient.link means for access', async () => {
    const page = join(import.meta.dirname, '../../../conformance/smart/README.md');

    expect(await readFile(page, 'utf8')).to.match(/^#+ Patient\.link\n\n.*Patient\.link/m);
  });

  it('reaches what the user may reach by user scopes', async () => {
    const { reply } = await byClinician('openid fhirUser user/Patient.rs');
    const found = idsOf(bundleOf(await world().fhir(reply.json.access_token).get('Patient')));

    expect(found).to.include.members(['asha', 'ben']).and.not.include('carla');
  });

  it('reaches every type by a wildcard', async () => {
    const { reply } = await byPatient(patientScope);
    const fhir = world().fhir(reply.json.access_token);

    for (const type of patientTypes)
      expect(idsOf(bundleOf(await fhir.get(searchOf(type, 'asha')))), type).not.to.be.empty;
  });

  it('keeps two launches in one browser apart: each token holds its own patient, and both last', async () => {
    const { apps, people, endpoints } = world();
    const scope = `${patientScope} offline_access`;
    const first = await launch(world(), apps.secret, scope, {
      person: people.asha,
      patient: 'asha',
    });
    const second = await launch(world(), apps.secret, scope, {
      ...{ person: people.asha, patient: 'ben', agent: first.agent },
    });
    const again = await refresh(apps.secret, endpoints, first.reply.json.refresh_token);
    const seenBy = async (token: string) =>
      idsOf(bundleOf(await world().fhir(token).get('Patient')));

    expect(second.seen).to.deep.equal(['picker', 'consent']);
    expect([first.reply.json.patient, second.reply.json.patient]).to.deep.equal(['asha', 'ben']);
    expect(await seenBy(first.reply.json.access_token)).to.deep.equal(['asha']);
    expect(await seenBy(second.reply.json.access_token)).to.deep.equal(['ben']);
    expect(await seenBy(again.json.access_token)).to.deep.equal(['asha']);
    expect(again.json.patient).to.equal('asha');
  });

  it('takes a hundred scopes by POST', async () => {
    const scopes = Array.from(
      { length: 100 },
      (_, place) => `patient/Observation.rs?code=http://loinc.org|${10_000 + place}-1`,
    );
    const { apps, people } = world();
    const { reply } = await launch(world(), apps.secret, ['openid', ...scopes].join(' '), {
      person: people.asha,
      method: 'POST',
    });

    expect(splitScopes(reply.json.scope)).to.include.members(scopes);
  });

  it('ends what a proxy may do on the next request when the consent ends', async () => {
    const { server, apps, people } = world();
    const { reply } = await launch(world(), apps.secret, patientScope, {
      person: people.asha,
      patient: 'ben',
    });
    const status = async () =>
      (await world().fhir(reply.json.access_token).get('Patient/ben')).status;
    const before = await status();
    const consent = population
      .flatMap(({ resources }) => resources)
      .find(({ id }) => id === 'asha-for-ben')!;
    const put = async (state: string) =>
      server.context.dispatch(
        {
          ...{
            method: 'PUT',
            path: 'Consent/asha-for-ben',
            query: [],
            headers: {},
            base: server.base,
          },
          body: parseDocument(JSON.stringify({ ...consent, status: state }), 50),
        },
        { ...unrestricted, custodian: hospitals.north },
      );
    await put('inactive');
    const after = await status();
    await put('active');

    expect(before).to.equal(200);
    expect(after).to.be.oneOf([401, 403, 404]);
  });

  it('lets the update scope create by PUT', async () => {
    const { reply } = await byClinician('openid fhirUser user/Observation.u');
    const observation = {
      ...{ resourceType: 'Observation', id: 'by-put', status: 'final', code: { text: 'Weight' } },
      subject: { reference: 'Patient/asha' },
    };
    const fhir = world().fhir(reply.json.access_token);

    expect((await fhir.put('Observation/by-put', observation)).status).to.equal(201);
    expect((await fhir.post('Observation', { ...observation, id: undefined })).status).to.equal(
      403,
    );
  });

  it('checks each entry of a batch and of a transaction by itself', async () => {
    const { reply } = await byPatient('launch/patient openid fhirUser patient/Patient.rs');
    const fhir = world().fhir(reply.json.access_token);
    const bundle = (type: string, ...urls: readonly string[]) => ({
      ...{ resourceType: 'Bundle', type },
      entry: urls.map((url) => ({ request: { method: 'GET', url } })),
    });
    const batch = bundleOf(
      await fhir.post('', bundle('batch', 'Patient/asha', 'Condition', 'Patient/carla')),
    );

    expect(batch.entry!.map((entry) => entry.response!.status.slice(0, 3))).to.deep.equal([
      '200',
      '403',
      '404',
    ]);
    expect(
      (await fhir.post('', bundle('transaction', 'Patient/asha', 'Condition'))).status,
    ).to.be.oneOf([403, 404]);
  });

  it('asks for a patient whenever a patient scope is asked for, with or without launch/patient', async () => {
    const { apps, people } = world();
    const { reply, seen } = await launch(
      world(),
      apps.secret,
      'openid fhirUser patient/Condition.rs',
      { person: people.asha },
    );

    expect(seen).to.include('picker');
    expect(reply.json.patient).to.equal('asha');
  });

  it('hands over what the EHR says: intent, further context, and that no banner is needed', async () => {
    const { reply } = await fromEhr('launch openid fhirUser patient/*.rs', {
      ...{ patient: 'Patient/asha', intent: 'reconcile-medications' },
      fhirContext: { valueReference: { reference: 'DiagnosticReport/asha-diagnosticreport' } },
      needPatientBanner: { valueBoolean: false },
    });

    expect(reply.json).to.include({
      patient: 'asha',
      intent: 'reconcile-medications',
      need_patient_banner: false,
    });
    // The one with a role of our own says for whom the person works.
    const launched = reply.json.fhirContext.filter((item: object) => !('role' in item));
    expect(launched).to.deep.equal([{ reference: 'DiagnosticReport/asha-diagnosticreport' }]);
    checkFhirContext(reply.json.fhirContext);
  });

  it('asks nobody for a patient whom the EHR named, before consent or after', async () => {
    const { seen } = await fromEhr('launch openid fhirUser patient/*.rs', {
      patient: 'Patient/asha',
    });

    expect(seen).to.deep.equal(['sign-in', 'consent']);
  });

  it('tells introspection the launch context of the token', async () => {
    const { apps, endpoints } = world();
    const context = {
      patient: 'Patient/asha',
      encounter: 'Encounter/asha-encounter',
      intent: 'summary',
    };
    const { reply } = await fromEhr('launch openid fhirUser patient/*.rs', context);
    const { json } = await introspect(apps.secret, endpoints, reply.json.access_token);

    expect(json).to.include({ patient: 'asha', encounter: 'asha-encounter', intent: 'summary' });
    expect(json).to.include({
      need_patient_banner: true,
      smart_style_url: reply.json.smart_style_url,
    });
  });

  it('lets no Patient or Encounter into fhirContext, and takes no role', async () => {
    const { apps, people } = world();
    const token = await ehrToken(world(), people.dora);
    for (const reference of [
      'Patient/asha',
      'Encounter/asha-encounter',
      'https://elsewhere.example/Patient/1',
    ]) {
      const context = { patient: 'Patient/asha', fhirContext: { valueReference: { reference } } };
      const opened = await openFromEhr(world(), token, apps.secret, context).catch(String);
      expect(opened, reference).to.match(/answered 4\d\d/);
    }
  });

  it('names no fhirUser of a user who is no FHIR resource', async () => {
    const { server, apps } = world();
    const users = createUsers({
      records: server.context.store.records,
      now: Date.now,
      newId: server.context.newId,
    });
    const { password } = world().people.asha;
    const user = await users.create({
      username: 'nobody',
      name: 'Nobody',
      role: 'clinician',
      organization: hospitals.north,
      password,
    });
    const person = { user, username: 'nobody', password };
    const { reply } = await launch(world(), apps.secret, 'openid fhirUser user/Patient.rs', {
      person,
    });

    expect(decodeJwt(reply.json.id_token)).not.to.have.property('fhirUser');
    expect(splitScopes(reply.json.scope)).not.to.include('fhirUser');
  });

  const signOut = async (agent: ReturnType<ReturnType<typeof world>['agent']>): Promise<void> => {
    const page = await agent.get(world().configuration.management_endpoint);
    const form = formsOf(page).find(({ action }) => action.endsWith('/sign-out'));
    if (form === undefined) throw new Error(`There is no way to sign out on ${page.address}`);
    await agent.submit(form);
  };
});
