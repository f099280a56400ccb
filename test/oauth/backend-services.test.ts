// Backend services: a system proves itself by a signed assertion, which works once, and gets a short token for its own scopes.
// https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { post, readPatient, type Reply } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

interface Key {
  readonly kid: string;
  readonly alg: 'RS384' | 'ES384';
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

const newKey = async (kid: string, alg: Key['alg'] = 'ES384'): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
};

const scope = 'system/Patient.rs';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('backend services', () => {
  let world: World;
  let key: Key;
  let client: string;
  before(async () => {
    world = await openWorld();
    key = await newKey('one');
    client = await addSystem({ jwks: { keys: [key.jwk] } });
  });
  after(() => world.close());

  const addSystem = (metadata: object): Promise<string> =>
    world.addClient({
      ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
      ...{ token_endpoint_auth_method: 'private_key_jwt', smart_scope: 'system/*.rs' },
      ...{ organization: 'Organization/north' },
      ...metadata,
    });

  interface Changes {
    readonly claims?: object;
    readonly header?: object;
    readonly form?: Readonly<Record<string, string>>;
    readonly by?: Key;
    readonly client?: string;
  }
  const assertion = (changes: Changes = {}): Promise<string> => {
    const { by = key, client: of = client } = changes;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      ...{ iss: of, sub: of, aud: `${world.url}/oauth/token`, exp: now + 240 },
      ...{ jti: crypto.randomUUID(), iat: now },
      ...changes.claims,
    })
      .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT', ...changes.header })
      .sign(by.privateKey);
  };
  const ask = async (changes: Changes = {}): Promise<Reply> =>
    post(world, '/token', {
      ...{ grant_type: 'client_credentials', scope, client_assertion_type: assertionType },
      client_assertion: await assertion(changes),
      ...changes.form,
    });

  it('gives a token of five minutes, without a refresh token, that opens what the organization keeps', async () => {
    const { status, body, headers } = await ask();

    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ token_type: 'Bearer', expires_in: 300, scope });
    expect(body).not.to.have.property('refresh_token');
    expect(headers.get('pragma')).to.equal('no-cache');
    expect(await readPatient(world, 'asha', body.access_token)).to.equal(200);
  });

  it('shows a system of another organization nothing of it', async () => {
    const south = await addSystem({
      jwks: { keys: [key.jwk] },
      organization: 'Organization/south',
    });

    const { body } = await ask({ client: south });

    expect(await readPatient(world, 'asha', body.access_token)).to.equal(404);
  });

  it('takes RS384 and ES384, and the issuer as audience', async () => {
    const rsa = await newKey('rsa', 'RS384');
    const signed = await addSystem({ jwks: { keys: [rsa.jwk] } });

    const byRsa = await ask({ by: rsa, client: signed });
    const toIssuer = await ask({ claims: { aud: `${world.url}/oauth` } });

    expect([byRsa.status, toIssuer.status]).to.deep.equal([200, 200]);
  });

  it('takes an assertion once, also when it comes several times at once', async () => {
    const one = await assertion();
    const form = { client_assertion: one };

    const replies = await Promise.all([1, 2, 3, 4].map(() => ask({ form })));
    const later = await ask({ form });

    expect(replies.filter(({ status }) => status === 200)).to.have.length(1);
    expect(later.status).to.equal(401);
    expect(later.body.error).to.equal('invalid_client');
  });

  it('refuses assertions that are not as SMART wants them', async () => {
    const now = Math.floor(Date.now() / 1000);
    const cases: Readonly<Record<string, Changes>> = {
      'another issuer': { claims: { iss: 'other' } },
      'another subject': { claims: { sub: 'other' } },
      'another audience': { claims: { aud: 'https://elsewhere.example/token' } },
      'no jti': { claims: { jti: undefined } },
      'no exp': { claims: { exp: undefined } },
      'an exp that is past': { claims: { exp: now - 60 } },
      'an exp more than five minutes ahead': { claims: { exp: now + 900 } },
      'no kid': { header: { kid: undefined } },
      'an unknown kid': { header: { kid: 'other' } },
      'a jku that is not registered': { header: { jku: 'https://evil.example/jwks' } },
      'a key of somebody else': { by: await newKey('one') },
    };
    for (const [title, changes] of Object.entries(cases)) {
      const { status, body } = await ask(changes);
      expect(status, title).to.be.oneOf([400, 401]);
      expect(body.error, title).to.equal('invalid_client');
    }
  });

  it('answers errors by the codes that SMART names', async () => {
    const grant = await ask({ form: { grant_type: 'whatever' } });
    const type = await ask({ form: { client_assertion_type: 'whatever' } });
    const wide = await ask({ form: { scope: 'system/*.cruds' } });
    const none = await ask({ form: { scope: '' } });
    const person = await ask({ form: { scope: 'patient/*.rs' } });

    expect([grant.status, grant.body.error]).to.deep.equal([400, 'unsupported_grant_type']);
    expect([type.status, type.body.error]).to.deep.equal([400, 'invalid_request']);
    for (const { status, body } of [wide, none, person])
      expect([status, body.error]).to.deep.equal([400, 'invalid_scope']);
  });

  it('gives nothing to a system that was registered for no scopes', async () => {
    const nobody = await addSystem({ jwks: { keys: [key.jwk] }, smart_scope: undefined });

    const { body } = await ask({ client: nobody });

    expect(body.error).to.equal('invalid_scope');
  });

  it('refuses a kid that two keys of the set have', async () => {
    const twin = await newKey('one', 'RS384');
    const doubled = await addSystem({ jwks: { keys: [key.jwk, twin.jwk] } });

    const { status } = await ask({ client: doubled });

    expect(status).to.equal(401);
  });
});

describe('a key set at an address', () => {
  let world: World;
  let publisher: Server;
  let address: string;
  let published: { readonly keys: readonly JWK[]; readonly cacheControl: string };
  let fetched = 0;
  before(async () => {
    publisher = createServer((req, res) => {
      fetched += 1;
      if (req.url === '/elsewhere') {
        res.writeHead(302, { location: '/jwks' }).end();
        return;
      }
      res.setHeader('content-type', 'application/json');
      res.setHeader('cache-control', published.cacheControl);
      res.end(JSON.stringify({ keys: published.keys }));
    }).listen(0, '127.0.0.1');
    await once(publisher, 'listening');
    const host = `127.0.0.1:${String((publisher.address() as AddressInfo).port)}`;
    address = `http://${host}/jwks`;
    world = await openWorld({ env: { JWKS_PRIVATE_HOSTS: host } });
  });
  after(async () => {
    publisher.close();
    await world.close();
  });

  const addSystem = (metadata: object): Promise<string> =>
    world.addClient({
      ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
      ...{ token_endpoint_auth_method: 'private_key_jwt', smart_scope: 'system/*.rs' },
      ...metadata,
    });
  const ask = async (client: string, by: Key): Promise<Reply> => {
    const now = Math.floor(Date.now() / 1000);
    const client_assertion = await new SignJWT({
      ...{ iss: client, sub: client, aud: `${world.url}/oauth/token`, exp: now + 240 },
      jti: crypto.randomUUID(),
    })
      .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT' })
      .sign(by.privateKey);
    return post(world, '/token', {
      ...{ grant_type: 'client_credentials', scope, client_assertion },
      client_assertion_type: assertionType,
    });
  };

  it('is read where it is registered, and not again while it may be kept', async () => {
    const key = await newKey('first');
    published = { keys: [key.jwk], cacheControl: 'max-age=600' };
    const client = await addSystem({ jwks_uri: address });
    fetched = 0;

    const replies = [await ask(client, key), await ask(client, key), await ask(client, key)];

    expect(replies.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(fetched).to.equal(1);
  });

  it('no longer proves anything by a key that was taken out of it', async () => {
    const [old, next] = [await newKey('old'), await newKey('new')];
    published = { keys: [old.jwk, next.jwk], cacheControl: 'no-store' };
    const client = await addSystem({ jwks_uri: `${address}?rotation` });
    expect((await ask(client, old)).status).to.equal(200);

    published = { keys: [next.jwk], cacheControl: 'no-store' };
    const withdrawn = await ask(client, old);
    const current = await ask(client, next);

    expect([withdrawn.status, withdrawn.body.error]).to.deep.equal([401, 'invalid_client']);
    expect(current.status).to.equal(200);
  });

  it('may not lead on to another address of the private network', async () => {
    const key = await newKey('led');
    const client = await addSystem({ jwks_uri: address.replace('/jwks', '/elsewhere') });
    published = { keys: [key.jwk], cacheControl: 'no-store' };

    const { status } = await ask(client, key);

    expect(status).to.be.oneOf([400, 401]);
  });

  it('is not fetched from a private network that is not named', async () => {
    const key = await newKey('private');
    const hidden = createServer((_req, res) => {
      res.end(JSON.stringify({ keys: [key.jwk] }));
    }).listen(0, '127.0.0.1');
    await once(hidden, 'listening');
    const port = (hidden.address() as AddressInfo).port;
    const client = await addSystem({ jwks_uri: `http://127.0.0.1:${String(port)}/jwks` });

    const { status } = await ask(client, key);
    hidden.close();

    expect(status).to.be.oneOf([400, 401]);
  });
});
