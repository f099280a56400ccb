// Refresh: each refresh token works once, reuse ends the grant, offline outlives the session and online does not.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#refresh-access-token

import { expect } from 'chai';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { launch, post, readPatient, refresh, type Reply } from './support/launch.ts';
import type { Browser } from './support/browser.ts';
import { openWorld, type World } from './support/world.ts';

const offline = 'launch/patient openid offline_access patient/Patient.rs patient/Observation.rs';
const online = offline.replace('offline', 'online');

describe('refreshing', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  const begin = async (scope = offline, browser?: Browser): Promise<Reply['body']> => {
    const { status, body } = await launch(world, {
      client,
      scope,
      ...(browser ? { browser } : {}),
    });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };

  it('gives a new access token with the same context, and a new refresh token', async () => {
    const first = await begin();

    const { status, body, headers } = await refresh(world, client, first.refresh_token);

    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ patient: 'asha', scope: first.scope, token_type: 'Bearer' });
    expect(body.refresh_token).not.to.equal(first.refresh_token);
    expect(body.access_token).not.to.equal(first.access_token);
    expect(headers.get('cache-control')).to.contain('no-store');
    expect(headers.get('pragma')).to.equal('no-cache');
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);
  });

  it('ends on the next request what somebody granted in a role they no longer have', async () => {
    const users = createUsers({ records: world.context.store.records, now: Date.now, newId });
    const scopes = 'launch/patient openid offline_access user/Patient.rs';
    const { body } = await launch(world, { client, scope: scopes, user: 'dora' });
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);

    await users.change(world.users.dora.id, (user) => ({
      ...user,
      organization: 'Organization/south',
    }));

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
    expect((await refresh(world, client, body.refresh_token)).status).to.equal(400);
    await users.change(world.users.dora.id, () => world.users.dora);
  });

  it('ends everything of the grant when a refresh token is used again', async () => {
    const first = await begin();
    const second = await refresh(world, client, first.refresh_token);

    const reused = await refresh(world, client, first.refresh_token);

    expect(reused.status).to.equal(400);
    expect(reused.body.error).to.equal('invalid_grant');
    expect((await refresh(world, client, second.body.refresh_token)).status).to.equal(400);
    expect(await readPatient(world, 'asha', second.body.access_token)).to.equal(401);
    expect(await readPatient(world, 'asha', first.access_token)).to.equal(401);
  });

  it('lets one of several parallel refreshes win', async () => {
    const first = await begin();

    const replies = await Promise.all(
      [1, 2, 3].map(() => refresh(world, client, first.refresh_token)),
    );

    expect(replies.filter(({ status }) => status === 200).length).to.be.at.most(1);
    expect(replies.filter(({ status }) => status >= 500)).to.be.empty;
  });

  it('narrows the scope of one token for the asking, never widens it, and keeps the rest for the next', async () => {
    const first = await begin();

    const narrow = await refresh(world, client, first.refresh_token, 'patient/Patient.rs');
    const wide = await refresh(world, client, narrow.body.refresh_token, 'patient/*.rs');
    const full = await refresh(world, client, narrow.body.refresh_token);

    expect(narrow.body.scope).to.equal('patient/Patient.rs');
    expect([wide.status, wide.body.error]).to.deep.equal([400, 'invalid_scope']);
    expect(full.body.scope).to.equal(first.scope);
  });

  it('finds the client of a refresh that names none, when it has no secret', async () => {
    const { refresh_token } = await begin();
    const secret = 'a secret that was made at random';
    const confidential = await world.addClient({
      ...{ token_endpoint_auth_method: 'client_secret_basic', client_secret: secret },
    });

    const found = await post(world, '/token', { grant_type: 'refresh_token', refresh_token });
    const other = await refresh(world, confidential, found.body.refresh_token);

    expect(found.status, JSON.stringify(found.body)).to.equal(200);
    expect(other.status).to.equal(401);
  });

  it('gives no refresh token without being asked for one', async () => {
    const body = await begin('launch/patient openid patient/Patient.rs');

    expect(body).not.to.have.property('refresh_token');
  });

  it('goes on after sign-out for offline_access, and ends with it for online_access', async () => {
    const browser = world.browser();
    const lasting = await begin(offline, browser);
    const passing = await begin(online, browser);
    expect((await refresh(world, client, passing.refresh_token)).status).to.equal(200);
    const again = await begin(online, browser);

    await signOut(browser, world);

    expect((await refresh(world, client, again.refresh_token)).status).to.equal(400);
    expect((await refresh(world, client, lasting.refresh_token)).status).to.equal(200);
  });

  it('ends for a user who was disabled', async () => {
    const { refresh_token } = await begin();
    const { records } = world.context.store;
    const { asha } = world.users;
    await records.put('user', asha.id, { ...asha, status: 'disabled' });

    const { status, body } = await refresh(world, client, refresh_token);
    await records.put('user', asha.id, asha);

    expect([status, body.error]).to.deep.equal([400, 'invalid_grant']);
  });
});

const signOut = async (browser: Browser, { url }: World): Promise<void> => {
  const page = await browser.open(`${url}/oauth/session/end`);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const end = await browser.submit(page, '/session/end/confirm', { xsrf, logout: 'yes' });
  expect(end.text).to.contain('You are signed out');
};
