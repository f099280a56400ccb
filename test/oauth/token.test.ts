// The token endpoint: a code is redeemed once, by the client it was given to, with the verifier of its challenge.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-access-token

import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect } from 'chai';
import {
  authorize,
  authorizeUrl,
  codeOf,
  launch,
  newVerifier,
  post,
  readPatient,
  redeem,
} from './support/launch.ts';
import { openWorld, redirectUri, type World } from './support/world.ts';

const scope = 'launch/patient openid fhirUser profile offline_access patient/Patient.rs';

describe('the token endpoint', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  const newCode = async (of = client) => {
    const verifier = newVerifier();
    const code = codeOf(await authorize(world, { client: of, scope }, verifier));
    return { client: of, code, verifier };
  };

  it('redeems a code once, and takes back what a second use finds', async () => {
    const own = await newCode();
    const first = await redeem(world, own);
    const second = await redeem(world, own);

    expect(first.status).to.equal(200);
    expect(second.status).to.equal(400);
    expect(second.body.error).to.equal('invalid_grant');
    expect(await readPatient(world, 'asha', first.body.access_token)).to.equal(401);
  });

  it('leaves none of several parallel redemptions a token that opens anything', async () => {
    const own = await newCode();

    const replies = await Promise.all([1, 2, 3, 4].map(() => redeem(world, own)));

    // The first may still have been answered when the others are found out; what it got is taken back.
    const won = replies.filter(({ status }) => status === 200);
    expect(won.length).to.be.at.most(1);
    expect(replies.filter(({ status }) => status === 400)).to.have.length(4 - won.length);
    for (const { body } of won)
      expect(await readPatient(world, 'asha', body.access_token)).to.equal(401);
  });

  it('refuses a verifier that is missing, blank, short, wrong, or the challenge itself', async () => {
    const wrong = [
      { code_verifier: '' },
      { code_verifier: 'short' },
      { code_verifier: newVerifier() },
    ];
    for (const changes of wrong) {
      const { status, body } = await redeem(world, await newCode(), changes);
      expect(status, JSON.stringify(body)).to.equal(400);
    }
    const { code } = await newCode();
    const without = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: client,
    };
    expect((await post(world, '/token', without)).status).to.equal(400);
  });

  it('refuses another redirect_uri and another client', async () => {
    const other = await world.addClient({});

    const elsewhere = await redeem(world, await newCode(), {
      redirect_uri: 'https://app.example/other',
    });
    const foreign = await redeem(world, { ...(await newCode()), client: other });

    expect(elsewhere.status).to.equal(400);
    expect(foreign.status).to.equal(400);
  });

  it('says invalid_grant to a code that never was, and invalid_client to a client that never was', async () => {
    const unknownCode = await redeem(world, { client, code: 'nothing', verifier: newVerifier() });
    const unknownClient = await redeem(world, { ...(await newCode()), client: 'nobody' });

    expect(unknownCode.body.error).to.equal('invalid_grant');
    expect(unknownCode.status).to.equal(400);
    expect(unknownClient.body.error).to.equal('invalid_client');
    expect(unknownClient.status).to.equal(401);
    expect(unknownClient.headers.get('pragma')).to.equal('no-cache');
  });

  it('signs an id_token with RS256 that says who the user is on this server', async () => {
    const { body } = await launch(world, { client, scope });
    const set = (await (await fetch(`${world.url}/oauth/jwks`)).json()) as JSONWebKeySet;

    const { payload, protectedHeader } = await jwtVerify(body.id_token, createLocalJWKSet(set), {
      issuer: `${world.url}/oauth`,
      audience: client,
    });

    expect(protectedHeader.alg).to.equal('RS256');
    expect(payload).to.include({ fhirUser: `${world.base}/Patient/asha`, name: 'Asha Rao' });
    expect(payload.sub).to.equal(world.users.asha.id);
  });

  it('publishes no private part of its keys', async () => {
    const { keys } = (await (await fetch(`${world.url}/oauth/jwks`)).json()) as { keys: object[] };

    expect(keys).not.to.be.empty;
    for (const key of keys) expect(key).not.to.have.any.keys('d', 'p', 'q', 'dp', 'dq', 'qi');
  });

  it('keeps neither codes nor tokens nor session ids in the store, only their hashes', async () => {
    const own = await newCode();
    const { body } = await redeem(world, own);
    const { records } = world.context.store;
    const kinds = [
      ...['AccessToken', 'RefreshToken', 'AuthorizationCode', 'Session', 'Interaction', 'Grant'],
    ];
    // Somebody else is at the consent page of a session that lives.
    const browser = world.browser();
    await authorize(world, { client, scope, browser }, newVerifier());
    await browser.open(authorizeUrl(world, { client, scope }, newVerifier()));
    const sessions = [...browser.cookies.values()].filter(({ name }) => name === '_session');

    const kept = JSON.stringify(await Promise.all(kinds.map((kind) => records.find(kind, {}))));

    expect(sessions).to.have.length(1);
    for (const secret of [own.code, body.access_token, body.refresh_token, sessions[0]!.value])
      expect(kept).not.to.contain(secret);
    expect(await records.get('AccessToken', body.access_token)).to.equal(undefined);
  });

  describe('of a client with a secret', () => {
    const secret = 'a secret that was made at random';
    let confidential: string;
    before(async () => {
      confidential = await world.addClient({
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: secret,
      });
    });

    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`${confidential}:${encodeURIComponent(password)}`).toString('base64')}`,
    });
    const form = async () => {
      const { code, verifier } = await newCode(confidential);
      return {
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
        code_verifier: verifier,
      };
    };

    it('takes the secret by Basic', async () => {
      const { status, body } = await post(world, '/token', await form(), basic(secret));
      expect(status, JSON.stringify(body)).to.equal(200);
    });

    it('refuses a wrong secret, no secret, and the hash that is stored', async () => {
      const kept = (await world.context.store.records.get('Client', confidential)) as {
        readonly client_secret: string;
      };
      expect(kept.client_secret).not.to.contain(secret);

      const wrong = await post(world, '/token', await form(), basic('wrong'));
      const stolen = await post(world, '/token', await form(), basic(kept.client_secret));
      const none = await post(world, '/token', { ...(await form()), client_id: confidential });

      expect([wrong.status, stolen.status, none.status]).to.deep.equal([401, 401, 401]);
      expect(wrong.headers.get('www-authenticate')).to.contain('Basic');
    });
  });

  it('lets the pages of an app ask from where the app is registered, and no others', async () => {
    const own = await newCode();
    const answered = await fetch(`${world.url}/oauth/token`, {
      ...{ method: 'POST', headers: { origin: 'https://app.example' } },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code: own.code, redirect_uri: redirectUri },
        ...{ code_verifier: own.verifier, client_id: client },
      }),
    });
    const other = await fetch(`${world.url}/oauth/token`, {
      ...{ method: 'POST', headers: { origin: 'https://evil.example' } },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: client,
      }),
    });

    expect(answered.status).to.equal(200);
    expect(answered.headers.get('access-control-allow-origin')).to.equal('https://app.example');
    expect(other.headers.get('access-control-allow-origin')).to.equal(null);
    expect(other.status).to.equal(400);
  });
});
