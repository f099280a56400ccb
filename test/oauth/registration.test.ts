// Registration: once with a token an administrator gave; then the client manages its own record, and nothing more than that.
// https://www.rfc-editor.org/rfc/rfc7591  https://www.rfc-editor.org/rfc/rfc7592

import { expect } from 'chai';
import { launch, type Reply } from './support/launch.ts';
import { openWorld, redirectUri, type World } from './support/world.ts';

const metadata = {
  client_name: 'Registered app',
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'none',
  scope: 'launch/patient openid patient/Patient.rs patient/Observation.rs?category=laboratory',
};

describe('dynamic registration', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const send = async (
    method: string,
    url: string,
    token: string,
    body?: object,
  ): Promise<Reply> => {
    const answered = await fetch(url, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answered.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: answered.status, headers: answered.headers, body: parsed };
  };
  const initial = async (): Promise<string> => {
    const asked = { command: 'create-registration-token', parameters: [] };
    const [token] = await world.application.administer(asked);
    return token?.['valueString'] as string;
  };
  const register = async (asked: object, token?: string): Promise<Reply> =>
    send('POST', `${world.url}/oauth/reg`, token ?? (await initial()), asked);

  it('needs an initial access token, which works once', async () => {
    const token = await initial();

    const without = await register(metadata, '');
    const first = await register(metadata, token);
    const second = await register(metadata, token);

    expect([without.status, first.status, second.status]).to.deep.equal([401, 201, 401]);
  });

  it('lets one of several register who come at once, and takes no token for a mistake', async () => {
    const [shared, kept] = [await initial(), await initial()];

    const replies = await Promise.all([1, 2, 3].map(() => register(metadata, shared)));
    const mistake = await register({ ...metadata, redirect_uris: [] }, kept);
    const mended = await register(metadata, kept);

    expect(replies.filter(({ status }) => status === 201)).to.have.length(1);
    expect([mistake.status, mended.status]).to.deep.equal([400, 201]);
  });

  it('keeps SMART scopes and shows them as they were sent; the client gets no more than those', async () => {
    const { body } = await register(metadata);

    expect(body).to.include({ scope: metadata.scope, client_name: 'Registered app' });
    expect(body).not.to.have.property('smart_scope');
    const reply = await launch(world, {
      client: body.client_id,
      scope: `${metadata.scope} patient/*.rs`,
    });
    expect(reply.body.scope.split(' ')).to.have.members(metadata.scope.split(' '));
  });

  it('shows a secret once and keeps only its hash', async () => {
    const { body } = await register({
      ...metadata,
      token_endpoint_auth_method: 'client_secret_basic',
    });

    const kept = (await world.context.store.records.get('Client', body.client_id)) as object;
    const read = await send('GET', body.registration_client_uri, body.registration_access_token);

    expect(body.client_secret).to.be.a('string').with.length.greaterThan(30);
    expect(JSON.stringify(kept)).not.to.contain(body.client_secret);
    expect(read.status).to.equal(200);
    expect(read.body).not.to.have.property('client_secret');
  });

  it('lets the client read, change and remove its record with its own token', async () => {
    const { body } = await register(metadata);
    const { registration_client_uri: uri, registration_access_token: token } = body;

    const changed = await send('PUT', uri, token, {
      ...metadata,
      ...{ client_id: body.client_id, client_name: 'Renamed' },
    });
    const foreign = await send(
      'GET',
      uri,
      (await register(metadata)).body.registration_access_token,
    );
    const read = await send('GET', uri, token);
    const removed = await send('DELETE', uri, token);
    const gone = await send('GET', uri, token);

    expect(changed.status, JSON.stringify(changed.body)).to.equal(200);
    expect(read.body.client_name).to.equal('Renamed');
    expect([foreign.status, removed.status, gone.status]).to.deep.equal([401, 204, 401]);
  });

  it('leaves to administrators what only they may give, and keeps what they gave', async () => {
    const members = [
      ...[{ organization: 'Organization/north' }, { network: true }, { resource_server: true }],
    ];
    for (const member of members) {
      const { status, body } = await register({ ...metadata, ...member });
      expect([status, body.error]).to.deep.equal([400, 'invalid_client_metadata']);
    }
    const { body } = await register(metadata);
    const { records } = world.context.store;
    const record = (await records.get('Client', body.client_id)) as object;
    await records.put('Client', body.client_id, { ...record, organization: 'Organization/north' });

    await send('PUT', body.registration_client_uri, body.registration_access_token, {
      ...{ ...metadata, client_id: body.client_id },
    });

    expect(await records.get('Client', body.client_id)).to.include({
      organization: 'Organization/north',
    });
  });

  it('refuses what is no client', async () => {
    const cases = [
      { ...metadata, redirect_uris: ['not an address'] },
      { ...metadata, redirect_uris: [] },
      { ...metadata, launch_uri: 'javascript:alert(1)' },
      { ...metadata, redirect_uris: ['http://app.example/callback'] },
      { ...metadata, grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
      { ...metadata, token_endpoint_auth_method: 'client_secret_jwt' },
      { ...metadata, grant_types: ['implicit'] },
    ];
    for (const asked of cases) {
      const { status, body } = await register(asked);
      expect(status, JSON.stringify(asked)).to.equal(400);
      expect(body.error).to.match(/^invalid_/);
    }
  });
});
