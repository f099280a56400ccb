// Our own apps: clients of every server, opened without a consent page by those they are for, and by nobody else.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ownApp, ownApps } from '#src/access/own-apps.ts';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { startServer, describeOnStores, type TestServer } from '../support/server.ts';
import { newVerifier, post, readPatient, refresh, authorizeUrl, answer } from './support/launch.ts';
import { homeOf, open, openWithToken } from './support/own-app.ts';
import { openWorld, password, redirectUri, type World } from './support/world.ts';

const portal = ownApp('portal')!;
const clinician = ownApp('clinician')!;
const desk = ownApp('desk')!;
const patientScope = 'launch/patient openid fhirUser online_access patient/*.cruds user/*.rs';
const staffScope = 'openid fhirUser online_access user/*.cruds';

describeOnStores('our own apps', (store) => {
  let world: World;
  before(async () => {
    world = await openWorld({ store });
  });
  after(() => world.close());

  const asAsha = { app: portal, user: 'asha', scope: patientScope, patient: 'asha' };
  const asDora = { app: clinician, user: 'dora', scope: staffScope };

  it('are clients of every server, each with its addresses', async () => {
    for (const app of ownApps) {
      const client = await world.context.store.records.get('Client', app.id);
      expect(client).to.deep.include({
        redirect_uris: [homeOf(world, app)],
        post_logout_redirect_uris: [homeOf(world, app)],
        launch_uri: `${homeOf(world, app)}launch`,
        token_endpoint_auth_method: 'none',
      });
    }
  });

  it('open without a consent page, with what the role may do', async () => {
    const { status, body } = await openWithToken(world, asAsha);

    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body.patient).to.equal('asha');
    expect(body.scope.split(' ')).to.have.members(patientScope.split(' '));
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);
    expect(await readPatient(world, 'carla', body.access_token)).to.equal(404);
  });

  it('open for staff without a patient, within what the hospital keeps', async () => {
    const dora = await openWithToken(world, asDora);
    const sam = await openWithToken(world, { ...asDora, user: 'sam' });

    expect(dora.body).not.to.have.property('patient');
    expect(await readPatient(world, 'carla', dora.body.access_token)).to.equal(200);
    expect(await readPatient(world, 'carla', sam.body.access_token)).to.equal(404);
  });

  it('get no scope that they were not made for', async () => {
    const { body } = await openWithToken(world, {
      ...{ ...asDora, scope: `${staffScope} offline_access patient/*.cruds`, patient: 'asha' },
    });

    expect(body.scope.split(' ')).to.have.members(staffScope.split(' '));
  });

  it('have tokens that live ten minutes, and are refreshed with a new token each time', async () => {
    const { body } = await openWithToken(world, asAsha);

    const again = await refresh(world, 'portal', body.refresh_token);
    const reused = await refresh(world, 'portal', body.refresh_token);

    expect(body.expires_in).to.equal(600);
    expect(again.body).to.include({ patient: 'asha', expires_in: 600 });
    expect(again.body.refresh_token).not.to.equal(body.refresh_token);
    expect(reused.body.error).to.equal('invalid_grant');
  });

  it('may ask for tokens out of their own pages, and nobody else’s page may for them', async () => {
    const form = { grant_type: 'refresh_token', client_id: 'portal', refresh_token: 'none' };

    const own = await post(world, '/token', form, { origin: world.url });
    const foreign = await post(world, '/token', form, { origin: 'https://app.example' });

    expect(own.headers.get('access-control-allow-origin')).to.equal(world.url);
    expect(own.body.error).to.equal('invalid_grant');
    expect(foreign.headers.get('access-control-allow-origin')).not.to.equal('https://app.example');
    expect(foreign.status).to.equal(400);
  });

  for (const [user, app, words] of [
    ['asha', clinician, 'Open Meridian Portal'],
    ['asha', desk, 'Open Meridian Portal'],
    ['dora', portal, 'Open Meridian Clinician'],
    ['dora', desk, 'Open Meridian Clinician'],
  ] as const)
    it(`refuse ${user} in ${app.id}, say so, and tell the app when ${user} goes back`, async () => {
      const browser = world.browser();
      const scope = app === portal ? patientScope : staffScope;

      const shown = await open(world, { app, user, scope, browser });
      const back = await browser.submit(shown, '/cancel', {});

      expect(shown.status).to.equal(403);
      expect(shown.text).to.contain(`${app.name} is not for this account`).and.to.contain(words);
      expect(shown.text).not.to.contain('Carla');
      expect(new URL(back.address).searchParams.get('error')).to.equal('access_denied');
    });

  it('refuse by what is done, too, not only by the page that is shown', async () => {
    const browser = world.browser();
    const shown = await open(world, { app: clinician, user: 'asha', scope: staffScope, browser });
    const interaction = /action="([^"]+)\/cancel"/.exec(shown.text)?.[1] ?? '';

    const forced = await browser.send(`${interaction}/consent`, { scope: staffScope });

    expect(forced.status).to.equal(403);
    expect(new URL(forced.address).searchParams.get('code')).to.equal(null);
  });

  it('let staff into the portal as the parent they are, and never to a patient of the hospital', async () => {
    const { records } = world.context.store;
    const { dora } = world.users;
    await records.put('user', dora.id, { ...dora, relatedPersons: ['RelatedPerson/asha-for-ben'] });
    const own = { app: portal, user: 'dora', scope: patientScope };

    const { body } = await openWithToken(world, { ...own, patient: 'ben' });
    await records.put('user', dora.id, dora);

    expect(body.patient).to.equal('ben');
    expect(await readPatient(world, 'carla', body.access_token)).to.equal(404);
  });

  it('do not ask whose record it is where there is one alone', async () => {
    const { records } = world.context.store;
    const { asha } = world.users;
    await records.put('user', asha.id, { ...asha, relatedPersons: [] });
    const browser = world.browser();
    const asked = {
      ...asAsha,
      client: 'portal',
      parameters: { redirect_uri: homeOf(world, portal) },
    };

    const signIn = await browser.open(authorizeUrl(world, asked, newVerifier()));
    const shown = await answer(browser, signIn, asked);
    await records.put('user', asha.id, asha);

    expect(new URL(shown!.address).searchParams.get('code')).to.be.a('string');
  });

  it('switch to another person by a further request, without a password', async () => {
    const browser = world.browser();
    const first = await openWithToken(world, { ...asAsha, browser });
    const second = await openWithToken(world, {
      ...{ ...asAsha, browser, user: 'nobody', patient: 'ben' },
    });
    const silent = await openWithToken(world, {
      ...{ ...asAsha, browser, user: 'nobody', parameters: { prompt: 'none' } },
    });

    expect([first.body.patient, second.body.patient]).to.deep.equal(['asha', 'ben']);
    expect(silent.body.patient, 'the one before').to.equal('ben');
    expect(await readPatient(world, 'asha', second.body.access_token)).to.equal(404);
  });

  it('end with the session: token and refresh token are void, and the app is where one lands', async () => {
    const browser = world.browser();
    const { body } = await openWithToken(world, { ...asAsha, browser });
    const asked = new URLSearchParams({
      ...{ id_token_hint: body.id_token, post_logout_redirect_uri: homeOf(world, portal) },
      state: 'bye',
    });

    const page = await browser.open(`${world.url}/oauth/session/end?${asked.toString()}`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const end = await browser.submit(page, '/session/end/confirm', { xsrf, logout: 'yes' });

    expect(page.text, 'is not asked again').to.match(/<script src="[^"]*sign-out/);
    expect(end.address).to.equal(`${homeOf(world, portal)}?state=bye`);
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
    expect((await refresh(world, 'portal', body.refresh_token)).status).to.equal(400);
  });

  it('ask before they sign anybody out who did not say so there', async () => {
    const browser = world.browser();
    await openWithToken(world, { ...asAsha, browser });
    const dora = await openWithToken(world, asDora);
    const end = (asked: Readonly<Record<string, string>>) =>
      browser.open(`${world.url}/oauth/session/end?${new URLSearchParams(asked).toString()}`);

    const byLink = await end({ client_id: 'portal' });
    const byAnother = await end({ id_token_hint: dora.body.id_token });

    for (const { text } of [byLink, byAnother])
      expect(text)
        .to.contain('Sign out?')
        .and.not.match(/<script src="[^"]*sign-out/);
  });

  it('end with a sign-out in the account pages as well', async () => {
    const browser = world.browser();
    const { body } = await openWithToken(world, { ...asAsha, browser });
    const other = await openWithToken(world, asAsha);

    await browser.send(`${world.url}/oauth/account/sign-out`, {});

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
    expect(await readPatient(world, 'asha', other.body.access_token), 'elsewhere').to.equal(200);
  });

  it('end in every other browser with a sign-out there, and with a new password everywhere', async () => {
    const [here, elsewhere] = [world.browser(), world.browser()];
    const first = await openWithToken(world, { ...asAsha, browser: elsewhere });
    const own = await openWithToken(world, { ...asAsha, browser: here });
    const reads = async () => [
      await readPatient(world, 'asha', first.body.access_token),
      await readPatient(world, 'asha', own.body.access_token),
    ];

    await here.send(`${world.url}/oauth/account/sessions/end`, {});
    const after = await reads();
    const users = createUsers({ records: world.context.store.records, now: Date.now, newId });
    await users.setPassword(world.users.asha.id, password);

    expect(after).to.deep.equal([401, 200]);
    expect(await reads()).to.deep.equal([401, 401]);
  });

  it('end with a sign-out also where the app has not fetched its token yet', async () => {
    const browser = world.browser();
    const verifier = newVerifier();
    const shown = await open(world, { ...asAsha, browser }, verifier);
    const code = new URL(shown.address).searchParams.get('code') ?? '';

    await browser.send(`${world.url}/oauth/account/sign-out`, {});
    const late = await post(world, '/token', {
      ...{ grant_type: 'authorization_code', code, redirect_uri: homeOf(world, portal) },
      ...{ code_verifier: verifier, client_id: 'portal' },
    });

    expect(code).not.to.equal('');
    expect(late.body.error).to.equal('invalid_grant');
  });

  it('end one person’s tokens by revoking the refresh token', async () => {
    const { body } = await openWithToken(world, asAsha);

    await post(world, '/token/revocation', { token: body.refresh_token, client_id: 'portal' });

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
  });
});

describe('the names of our own apps', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const create = (id: string) =>
    world.application.administer({
      command: 'create-client',
      parameters: [
        ...[
          ['client-id', id],
          ['name', 'Meridian Portal'],
          ['kind', 'public'],
        ],
        ...[
          ['redirect-uri', redirectUri],
          ['scope', patientScope],
        ],
      ] as [string, string][],
    });

  it('cannot be taken by an administrator', async () => {
    const refused = await create('portal').catch((error: unknown) => String(error));

    expect(refused).to.contain('is taken');
  });

  it('are not given by registration, whatever it says of itself', async () => {
    const [token] = await world.application.administer({
      ...{ command: 'create-registration-token', parameters: [] },
    });
    const answered = await fetch(`${world.url}/oauth/reg`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token?.['valueString'] as string}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        ...{ client_id: 'portal', client_name: 'Meridian Portal', redirect_uris: [redirectUri] },
        ...{ token_endpoint_auth_method: 'none', scope: patientScope, own: true },
      }),
    });
    const { client_id: client } = (await answered.json()) as { readonly client_id: string };

    const browser = world.browser();
    const asked = { client, scope: patientScope };
    let shown = await browser.open(authorizeUrl(world, asked, newVerifier()));
    for (const step of ['sign-in', 'picker'])
      shown = (await answer(browser, shown, asked)) ?? expect.fail(step);

    expect(answered.status).to.equal(201);
    expect(client).not.to.equal('portal');
    expect(shown.text, 'the consent page').to.contain('/consent"');
  });

  it('have no record that could be changed from outside', async () => {
    const answered = await fetch(`${world.url}/oauth/reg/portal`, {
      method: 'PUT',
      headers: { authorization: 'Bearer guessed', 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: 'portal', redirect_uris: ['https://evil.example/'] }),
    });

    expect(answered.status).to.equal(401);
  });

  it('lead nowhere but to this server', async () => {
    const shown = await open(world, {
      ...{ app: portal, user: 'asha', scope: patientScope },
      parameters: { redirect_uri: 'https://evil.example/' },
    });

    expect([shown.status, shown.left]).to.deep.equal([400, undefined]);
  });
});

describe('one of our own apps that an administrator disabled', () => {
  const administer = (server: TestServer, command: string, parameters: [string, string][]) =>
    server.application.administer({ command, parameters });

  it('stays so over a restart, its name untaken, until it is restored', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'meridian-own-apps-'));
    const first = await startServer({ guard: 'standard', dataDir });
    await first.context.store.records.put('AccessToken', 'old', { clientId: 'portal' });
    await administer(first, 'revoke-access', [
      ['client', 'portal'],
      ['disable', 'true'],
    ]);
    await first.close();

    const second = await startServer({ guard: 'standard', dataDir });
    const { records } = second.context.store;
    const [disabled, beside] = [
      await records.get('Client', 'portal'),
      await records.get('Client', 'desk'),
    ];
    const tokens = await records.find('AccessToken', { clientId: 'portal' });
    const taken = await administer(second, 'create-client', [
      ...([
        ['client-id', 'portal'],
        ['name', 'Mine'],
        ['kind', 'public'],
      ] as [string, string][]),
      ...([
        ['redirect-uri', redirectUri],
        ['scope', patientScope],
      ] as [string, string][]),
    ]).catch((error: unknown) => String(error));
    await administer(second, 'restore-app', [['app', 'portal']]);
    const restored = await records.get('Client', 'portal');
    await second.close();
    const third = await startServer({ guard: 'standard', dataDir });
    const kept = await third.context.store.records.get('Client', 'portal');
    await third.close();
    await rm(dataDir, { recursive: true, force: true });

    expect(disabled).to.equal(undefined);
    expect(beside).to.be.an('object');
    expect(tokens).to.deep.equal([]);
    expect(taken).to.contain('is taken');
    expect(restored).to.deep.include({ client_name: portal.name });
    expect(kept).to.deep.include({ client_name: portal.name });
  });
});

describe('a client that has one of the names from before', () => {
  it('gives it up at the next start, with all it was granted', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'meridian-own-apps-'));
    const first = await startServer({ guard: 'standard', dataDir });
    await first.context.store.records.put('Client', 'desk', { redirect_uris: [redirectUri] });
    await first.context.store.records.put('AccessToken', 'old', { clientId: 'desk' });
    await first.close();

    const second = await startServer({ guard: 'standard', dataDir });
    const kept = await second.context.store.records.find('AccessToken', { clientId: 'desk' });
    const client = await second.context.store.records.get('Client', 'desk');
    await second.close();
    await rm(dataDir, { recursive: true, force: true });

    expect(kept).to.deep.equal([]);
    expect(client).to.deep.include({ client_name: desk.name });
  });
});
