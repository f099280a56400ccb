// Introspection and revocation: what a token is worth is told to its app and to resource servers, and ends with the next request.
// https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html

import { expect } from 'chai';
import type { AuditEvent } from 'fhir/r4.js';
import { launch, post, readPatient, refresh, type Reply } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

const secret = 'a secret that was made at random';
const scope = 'launch/patient openid fhirUser offline_access patient/Patient.rs';

describe('introspection', () => {
  let world: World;
  let client: string;
  let other: string;
  let resourceServer: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it
  let token: any;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
    const confidential = {
      ...{ token_endpoint_auth_method: 'client_secret_basic', client_secret: secret },
      ...{ grant_types: [], response_types: [], redirect_uris: [] },
    };
    other = await world.addClient(confidential);
    resourceServer = await world.addClient({ ...confidential, resource_server: true });
    token = (await launch(world, { client, scope })).body;
  });
  after(() => world.close());

  const ask = (by: string, value: string): Promise<Reply> =>
    post(
      world,
      '/token/introspection',
      { token: value },
      {
        authorization: `Basic ${Buffer.from(`${by}:${encodeURIComponent(secret)}`).toString('base64')}`,
      },
    );
  const askBearing = (bearer: string, value: string): Promise<Reply> =>
    post(world, '/token/introspection', { token: value }, { authorization: `Bearer ${bearer}` });

  it('tells a resource server all that SMART names', async () => {
    const { status, body } = await ask(resourceServer, token.access_token);

    expect(status).to.equal(200);
    expect(body).to.include({
      ...{ active: true, client_id: client, scope: token.scope, patient: 'asha' },
      ...{ iss: `${world.url}/oauth`, sub: world.users.asha.id },
      fhirUser: `${world.base}/Patient/asha`,
    });
    expect(body.exp).to.be.greaterThan(Date.now() / 1000);
    expect(body).not.to.have.any.keys('caller', 'extra', 'jti');
  });

  it('tells a token that is nobody’s, or another app’s, to be inactive and no more', async () => {
    expect((await ask(resourceServer, 'nothing')).body).to.deep.equal({ active: false });
    expect((await ask(other, token.access_token)).body).to.deep.equal({ active: false });
  });

  it('is refused without proof of who asks', async () => {
    const none = await post(world, '/token/introspection', { token: token.access_token });
    const wrong = await post(
      world,
      '/token/introspection',
      { token: token.access_token },
      {
        authorization: `Basic ${Buffer.from(`${other}:wrong`).toString('base64')}`,
      },
    );

    expect(none.status).to.be.oneOf([400, 401]);
    expect(wrong.status).to.equal(401);
  });

  it('is allowed by a SMART access token, for tokens of the same app', async () => {
    const foreign = (await launch(world, { client: await world.addClient({}), scope })).body;

    const own = await askBearing(token.access_token, token.access_token);
    const refreshing = await askBearing(token.access_token, token.refresh_token);
    const others = await askBearing(token.access_token, foreign.access_token);
    const refused = await askBearing('nothing', token.access_token);

    expect(own.body).to.include({ active: true, patient: 'asha', client_id: client });
    expect(own.body).not.to.have.property('caller');
    expect(refreshing.body).to.include({ active: true, client_id: client });
    expect(others.body).to.deep.equal({ active: false });
    expect(refused.status).to.equal(401);
  });

  it('stands in the audit: who asked, and about whose token, without the token', async () => {
    const { settleAudit, store } = world.context;
    const rows = async (): Promise<readonly AuditEvent[]> => {
      await settleAudit?.();
      const { items } = await store.resources.search(
        { op: 'type', types: ['AuditEvent'] },
        { sort: [{ by: 'updated', direction: 'desc' }], size: 1000 },
      );
      return items
        .map(({ text }) => JSON.parse(text) as AuditEvent)
        .filter(({ entity = [] }) => entity.some(({ name }) => name === 'introspection'));
    };
    const before = (await rows()).length;

    await ask(resourceServer, token.access_token);
    await ask(other, token.access_token);
    await askBearing(token.access_token, token.access_token);

    const told = await rows();
    const texts = told.map((row) => JSON.stringify(row));
    const shown = texts.filter((text) => text.includes('Patient/asha'));
    expect(told.length - before).to.equal(3);
    expect(told.every(({ outcome }) => outcome === '0')).to.equal(true);
    expect(texts.join()).to.include(`user/${world.users.asha.id}`);
    expect(texts.join()).not.to.include(token.access_token);
    expect(shown.filter((text) => text.includes(resourceServer))).not.to.be.empty;
    expect(shown.filter((text) => text.includes(client))).not.to.be.empty;
    expect(shown.filter((text) => text.includes(other))).to.be.empty;
    expect(texts.filter((text) => text.includes(other))).not.to.be.empty;
  });

  it('knows at once of a token that was revoked', async () => {
    const { body } = await launch(world, { client, scope });
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);

    const revoked = await post(world, '/token/revocation', {
      ...{ token: body.access_token, client_id: client },
    });

    expect(revoked.status).to.equal(200);
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
    expect((await ask(resourceServer, body.access_token)).body).to.deep.equal({ active: false });
    expect((await refresh(world, client, body.refresh_token)).status).to.equal(400);
  });

  it('knows at once of a refresh token that was revoked, and of all that came from it', async () => {
    const { body } = await launch(world, { client, scope });

    await post(world, '/token/revocation', { token: body.refresh_token, client_id: client });

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
  });

  it('lets no app revoke a token of another', async () => {
    const { body } = await launch(world, { client, scope });
    const stranger = await world.addClient({});

    await post(world, '/token/revocation', { token: body.access_token, client_id: stranger });

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);
  });
});
