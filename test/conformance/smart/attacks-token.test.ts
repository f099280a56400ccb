// What an attacker tries at the endpoints that apps talk to: stolen codes and tokens, forged assertions, forged addresses.
// https://www.rfc-editor.org/rfc/rfc9700

import { request } from 'node:http';
import { expect } from 'chai';
import { pino } from 'pino';
import { exportSPKI, SignJWT } from 'jose';
import { tokenId } from '../../../src/access/authenticate.ts';
import type { Log } from '../../../src/platform/log.ts';
import { createUsers } from '../../../src/oauth/users/users.ts';
import { startServer } from '../../support/server.ts';
import {
  assertionOf,
  basic,
  exchange,
  introspect,
  jwtBearer,
  postForm,
  refresh,
  revoke,
  type App,
  type AssertionChanges,
  type Reply,
} from './support/app.ts';
import { authorize, codeOf, launch, type Launched } from './support/launch.ts';
import { atTime } from './support/at-time.ts';
import { newKey, openWorld, smartWorld } from './support/world.ts';

const scope =
  'launch/patient openid fhirUser offline_access patient/Patient.rs patient/Observation.rs';

describe('attacks on the endpoints of apps', () => {
  const world = smartWorld();

  const codeFor = async (app: App) => {
    const answered = await authorize(world(), app, scope, { person: world().people.asha });
    return { code: codeOf(answered), verifier: answered.request.verifier };
  };
  const launched = (app: App): Promise<Launched> =>
    launch(world(), app, scope, { person: world().people.asha });
  const statusOf = async (token: string): Promise<number> =>
    (await world().fhir(token).get('Patient/asha')).status;

  describe('stolen codes', () => {
    it('exchanges a code for the app it was issued to, and for no other', async () => {
      const { apps, endpoints } = world();
      const stolen = await codeFor(apps.secret);
      const redirect_uri = apps.secret.redirectUri;
      const replies = await Promise.all([
        exchange(apps.other, endpoints, stolen),
        exchange(apps.other, endpoints, stolen, { parameters: { redirect_uri } }),
        exchange(apps.public, endpoints, stolen, { parameters: { redirect_uri } }),
      ]);

      for (const { status, json } of replies)
        expect([status, json.error]).to.deep.equal([400, 'invalid_grant']);
    });

    it('exchanges a code for the redirect URI it was sent to, and for no other', async () => {
      const { apps, endpoints } = world();
      const stolen = await codeFor(apps.secret);
      const { status } = await exchange(apps.secret, endpoints, stolen, {
        parameters: { redirect_uri: 'https://evil.example/' },
      });

      expect(status).to.equal(400);
    });

    it('exchanges a code once, and takes back what it gave when the code comes again', async () => {
      const { apps, endpoints } = world();
      const code = await codeFor(apps.secret);
      const first = await exchange(apps.secret, endpoints, code);
      const second = await exchange(apps.secret, endpoints, code);

      expect([first.status, second.status]).to.deep.equal([200, 400]);
      expect(await statusOf(first.json.access_token)).to.equal(401);
      expect((await refresh(apps.secret, endpoints, first.json.refresh_token)).status).to.equal(
        400,
      );
    });

    it('lets one of many at the same moment have the code', async () => {
      const { apps, endpoints } = world();
      const code = await codeFor(apps.secret);
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => exchange(apps.secret, endpoints, code)),
      );

      expect(replies.filter(({ status }) => status === 200).length).to.be.at.most(1);
      for (const { status } of replies) expect(status).to.be.oneOf([200, 400]);
    });

    it('forgets a code after a minute', async () => {
      const { apps, endpoints } = world();
      const code = await codeFor(apps.secret);
      const { status } = await atTime(61, () => exchange(apps.secret, endpoints, code));

      expect(status).to.equal(400);
    });

    it('takes no confidential app without its secret, or with a wrong one', async () => {
      const { apps, endpoints } = world();
      const code = await codeFor(apps.secret);
      for (const secret of ['', 'wrong', 'undefined', String(apps.other.secret)]) {
        const { status, json } = await exchange(apps.secret, endpoints, code, {
          headers: { authorization: basic('secret', secret) },
        });
        expect(status).to.be.oneOf([400, 401]);
        expect(json.error).to.equal(secret === '' ? 'invalid_request' : 'invalid_client');
      }
      const { status } = await exchange({ ...apps.secret, kind: 'public' }, endpoints, code);
      expect(status).to.be.oneOf([400, 401]);
    });
  });

  describe('stolen refresh tokens', () => {
    it('refreshes for the app it was issued to, and for no other', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      const stolen = await refresh(apps.other, endpoints, reply.json.refresh_token);

      expect([stolen.status, stolen.json.error]).to.deep.equal([400, 'invalid_grant']);
    });

    it('ends the whole access when a refresh token comes a second time', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.public);
      const first = await refresh(apps.public, endpoints, reply.json.refresh_token);
      const replayed = await refresh(apps.public, endpoints, reply.json.refresh_token);

      expect([first.status, replayed.status]).to.deep.equal([200, 400]);
      expect((await refresh(apps.public, endpoints, first.json.refresh_token)).status).to.equal(
        400,
      );
      expect(await statusOf(first.json.access_token)).to.equal(401);
    });

    it('gives no wider scope at a refresh', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      for (const wider of [
        'patient/*.rs',
        'patient/Patient.cruds',
        `${scope} user/*.cruds`,
        'system/*.rs',
      ]) {
        const refused = await refresh(apps.secret, endpoints, reply.json.refresh_token, {
          scope: wider,
        });
        expect(refused.json.error ?? refused.json.scope, wider).to.equal('invalid_scope');
      }
      const narrower = await refresh(apps.secret, endpoints, reply.json.refresh_token, {
        scope: 'patient/Patient.rs',
      });
      expect(narrower.json.scope).to.equal('patient/Patient.rs');
      expect((await world().fhir(narrower.json.access_token).get('Observation')).status).to.equal(
        403,
      );
    });

    it('is no access token', async () => {
      const { reply } = await launched(world().apps.secret);

      expect(await statusOf(reply.json.refresh_token)).to.equal(401);
      expect(await statusOf(reply.json.id_token)).to.equal(401);
    });
  });

  describe('stolen access tokens', () => {
    it('takes a token in the header alone: not in the address, a form or a cookie', async () => {
      const { reply } = await launched(world().apps.secret);
      const token = String(reply.json.access_token);
      const { base } = world().endpoints;
      const answers = await Promise.all([
        fetch(`${base}/Patient/asha?access_token=${token}`),
        fetch(`${base}/Patient/_search`, {
          method: 'POST',
          body: new URLSearchParams({ access_token: token }),
        }),
        fetch(`${base}/Patient/asha`, {
          headers: { cookie: `access_token=${token}; token=${token}` },
        }),
        fetch(`${base}/Patient/asha`, { headers: { authorization: `Basic ${token}` } }),
      ]);

      expect(answers.map(({ status }) => status)).to.deep.equal([401, 401, 401, 401]);
    });

    it('refuses a token that expired', async () => {
      const { apps, server } = world();
      const { reply } = await launched(apps.secret);
      const token = String(reply.json.access_token);
      const before = await statusOf(token);
      const { records } = server.context.store;
      const row = (await records.get('AccessToken', tokenId(token))) as object;
      await records.put('AccessToken', tokenId(token), {
        ...row,
        exp: Math.floor(Date.now() / 1000) - 1,
      });

      expect([before, await statusOf(token)]).to.deep.equal([200, 401]);
      expect((await introspect(apps.secret, world().endpoints, token)).json).to.deep.equal({
        active: false,
      });
    });

    it('refuses a token once the user was disabled', async () => {
      const { server, apps } = world();
      const users = createUsers({
        records: server.context.store.records,
        now: Date.now,
        newId: server.context.newId,
      });
      const { reply } = await launched(apps.secret);
      const { id } = world().people.asha.user;
      await users.disable(id);
      const status = await statusOf(reply.json.access_token);
      const again = await authorize(world(), apps.secret, scope, {
        person: world().people.asha,
      }).catch(String);
      await users.enable(id);

      expect(status).to.equal(401);
      expect(typeof again === 'string' ? null : again.sent.get('code')).to.equal(null);
    });

    it('tells an app nothing about the tokens of another', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      for (const token of [reply.json.access_token, reply.json.refresh_token]) {
        expect((await introspect(apps.other, endpoints, token)).json).to.deep.equal({
          active: false,
        });
        expect((await introspect(apps.secret, endpoints, token)).json).to.include({ active: true });
      }
    });

    it('tells nothing to who does not say who asks', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      const token = String(reply.json.access_token);
      const replies = await Promise.all([
        postForm(endpoints.introspect, { token }),
        postForm(endpoints.introspect, { token }, { authorization: 'Bearer wrong' }),
        postForm(endpoints.introspect, { token }, { authorization: basic('secret', 'wrong') }),
      ]);

      for (const { status } of replies) expect(status).to.be.oneOf([400, 401]);
    });

    it('lets no app revoke the tokens of another', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      await revoke(apps.other, endpoints, reply.json.refresh_token);
      await revoke(apps.other, endpoints, reply.json.access_token);

      expect(await statusOf(reply.json.access_token)).to.equal(200);
    });

    it('ends the access with the token that an app revokes', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.secret);
      await revoke(apps.secret, endpoints, reply.json.refresh_token);

      expect(await statusOf(reply.json.access_token)).to.equal(401);
      expect((await refresh(apps.secret, endpoints, reply.json.refresh_token)).status).to.equal(
        400,
      );
    });
  });

  describe('forged assertions of a system', () => {
    const ask = async (bent: AssertionChanges, assertion?: string): Promise<Reply> => {
      const { apps, endpoints } = world();
      return postForm(endpoints.token, {
        ...{
          grant_type: 'client_credentials',
          scope: 'system/*.rs',
          client_assertion_type: jwtBearer,
        },
        client_assertion: assertion ?? (await assertionOf(apps.system, endpoints.token, bent)),
      });
    };
    const now = (): number => Math.floor(Date.now() / 1000);
    const refusals: readonly (readonly [
      string,
      () => AssertionChanges | Promise<AssertionChanges>,
    ])[] = [
      ['for another server', () => ({ claims: { aud: 'https://other.example/token' } })],
      ['that expired', () => ({ claims: { exp: now() - 60 } })],
      ['without an end', () => ({ claims: { exp: undefined } })],
      ['that lives longer than five minutes', () => ({ claims: { exp: now() + 3600 } })],
      ['without an id', () => ({ claims: { jti: undefined } })],
      ['without the name of its key', () => ({ header: { kid: undefined } })],
      ['under the name of a key that is not registered', () => ({ header: { kid: 'unknown' } })],
      [
        'with keys at an address that is not registered',
        () => ({ header: { jku: 'https://evil.example/jwks' } }),
      ],
      ['signed by a key of its own', async () => ({ key: await newKey('ES384', 'system') })],
      [
        'signed by an algorithm that does not fit the key',
        async () => ({ key: await newKey('RS384', 'system') }),
      ],
    ];

    for (const [words, bend] of refusals)
      it(`refuses an assertion ${words}`, async () => {
        const { status, json } = await ask(await bend());

        expect(status).to.be.oneOf([400, 401]);
        expect(json.error).to.equal('invalid_client');
      });

    it('refuses an assertion that is not signed, or signed by the public key as a secret', async () => {
      const { endpoints } = world();
      const claims = {
        iss: 'system',
        sub: 'system',
        aud: endpoints.token,
        exp: now() + 60,
        jti: crypto.randomUUID(),
      };
      const part = (value: object): string =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      const unsigned = `${part({ alg: 'none', typ: 'JWT', kid: 'system' })}.${part(claims)}.`;
      const { publicKey } = await crypto.subtle.generateKey(
        { name: 'ECDSA', namedCurve: 'P-384' },
        true,
        ['sign'],
      );
      const secret = new TextEncoder().encode(await exportSPKI(publicKey));
      const confused = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'system' })
        .sign(secret);

      for (const assertion of [unsigned, confused, 'a.b.c', ''])
        expect((await ask({}, assertion)).status).to.be.oneOf([400, 401]);
    });

    it('takes an assertion once, also of many at the same moment', async () => {
      const { apps, endpoints } = world();
      const assertion = await assertionOf(apps.system, endpoints.token);
      const replies = await Promise.all(Array.from({ length: 6 }, () => ask({}, assertion)));

      expect(replies.filter(({ status }) => status === 200)).to.have.length(1);
      expect((await ask({}, assertion)).json.error).to.equal('invalid_client');
    });

    it('gives a system no scope it was not registered for', async () => {
      const { apps, endpoints } = world();
      for (const wider of [
        'system/*.cruds',
        'user/*.rs',
        'patient/*.rs',
        'openid',
        'offline_access',
        'system/*.rs system/Patient.cruds',
      ]) {
        const client_assertion = await assertionOf(apps.system, endpoints.token);
        const { status, json } = await postForm(endpoints.token, {
          ...{ grant_type: 'client_credentials', scope: wider },
          ...{ client_assertion_type: jwtBearer, client_assertion },
        });
        expect([status, json.error], wider).to.deep.equal([400, 'invalid_scope']);
      }
    });

    it('gives no token of its own to an app of users', async () => {
      const { apps, endpoints } = world();
      const authorization = basic('secret', String(apps.secret.secret));
      const { status } = await postForm(
        endpoints.token,
        { grant_type: 'client_credentials', scope: 'system/*.rs' },
        { authorization },
      );

      expect(status).to.equal(400);
    });
  });

  describe('forged addresses', () => {
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };

    /** Node's fetch sends no Host but its own. */
    const get = (address: string): Promise<{ readonly text: string; readonly location: string }> =>
      new Promise((resolve, reject) => {
        request(address, { headers: forged }, (answer) => {
          let text = '';
          answer.on('data', (part: Buffer) => (text += part.toString()));
          answer.on('end', () => {
            resolve({ text, location: answer.headers.location ?? '' });
          });
        })
          .on('error', reject)
          .end();
      });

    it('publishes its own address whatever Host a request names', async () => {
      const { endpoints, configuration } = world();
      const asked = [
        `${endpoints.base}/.well-known/smart-configuration`,
        `${String(configuration.issuer)}/.well-known/openid-configuration`,
        `${endpoints.base}/metadata`,
      ];
      for (const address of asked) {
        const { text } = await get(address);
        expect(text).to.include(world().server.url);
        expect(text).not.to.include('evil.example');
      }
    });

    it('sends nobody to another Host', async () => {
      const { location, text } = await get(
        `${world().endpoints.authorize}?client_id=secret&response_type=code`,
      );

      expect(location + text).not.to.include('evil.example');
    });
  });

  describe('other sites', () => {
    it('lets no page read tokens or records whose origin no app registered', async () => {
      const { apps, endpoints } = world();
      const { reply } = await launched(apps.public);
      for (const origin of [
        'https://evil.example',
        'null',
        'https://public.example.evil.example',
        'http://public.example',
      ]) {
        const headers = { origin };
        const token = await refresh(apps.public, endpoints, 'wrong');
        const traded = await postForm(
          endpoints.token,
          { grant_type: 'authorization_code', client_id: 'public', code: 'x' },
          headers,
        );
        const read = await world().fhir(reply.json.access_token).get('Patient/asha', headers);
        expect(token.status).to.equal(400);
        expect(traded.headers.get('access-control-allow-origin'), origin).to.equal(null);
        expect(read.headers['access-control-allow-origin'], origin).to.equal(undefined);
      }
    });

    it('lets no page of an app send cookies along', async () => {
      const { apps, endpoints } = world();
      const origin = new URL(apps.public.redirectUri).origin;
      const { reply } = await launched(apps.public);
      const read = await world().fhir(reply.json.access_token).get('Patient/asha', { origin });
      const configuration = await fetch(`${endpoints.base}/.well-known/smart-configuration`, {
        headers: { origin },
      });

      expect(read.headers['access-control-allow-origin']).to.equal(origin);
      expect(read.headers['access-control-allow-credentials']).to.equal(undefined);
      expect(configuration.headers.get('access-control-allow-credentials')).to.equal(null);
    });
  });

  describe('caches', () => {
    it('keeps records and tokens out of shared caches', async () => {
      const { reply } = await launched(world().apps.secret);
      const read = await world().fhir(reply.json.access_token).get('Patient/asha');
      const search = await world().fhir(reply.json.access_token).get('Patient');

      for (const { headers } of [read, search])
        expect(headers['cache-control'] ?? '').to.match(/no-store|private|no-cache/);
      expect(reply.headers.get('cache-control')).to.include('no-store');
    });
  });

  describe('registration', () => {
    it('registers nobody without the token of an administrator', async () => {
      const { configuration } = world();
      for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
        const answer = await fetch(configuration.registration_endpoint, {
          method: 'POST',
          body: JSON.stringify({ redirect_uris: ['https://new.example/'] }),
          headers: { 'content-type': 'application/json', ...headers },
        });
        expect(answer.status).to.equal(401);
      }
    });
  });

  describe('wrong requests', () => {
    it('answers 4xx, and says why in JSON, whatever is sent to its endpoints', async () => {
      const { endpoints, configuration } = world();
      const bodies: readonly (readonly [string, string])[] = [
        ['application/x-www-form-urlencoded', ''],
        ['application/x-www-form-urlencoded', '%'],
        ['application/x-www-form-urlencoded', 'grant_type=__proto__&__proto__[x]=1'],
        [
          'application/x-www-form-urlencoded',
          `grant_type=authorization_code&code=${'x'.repeat(200_000)}`,
        ],
        [
          'application/x-www-form-urlencoded',
          'grant_type=refresh_token&refresh_token[]=1&client_id=public',
        ],
        [
          'application/x-www-form-urlencoded',
          'grant_type=refresh_token&refresh_token=1&refresh_token=2&client_id=public',
        ],
        ['application/json', '{"grant_type":"authorization_code"}'],
        ['application/json', '{'],
        ['text/plain', 'grant_type=refresh_token'],
      ];
      const addresses = [
        endpoints.token,
        endpoints.introspect,
        endpoints.revoke,
        String(configuration.registration_endpoint),
      ];
      for (const address of addresses)
        for (const [type, body] of bodies) {
          const answer = await fetch(address, {
            method: 'POST',
            body,
            headers: { 'content-type': type },
          });
          expect(answer.status, `${address} ${type} ${body.slice(0, 60)}`).to.be.within(400, 499);
          expect(answer.headers.get('content-type')).to.include('application/json');
        }
    });

    it('takes nothing of a token request from the address', async () => {
      const { apps, endpoints } = world();
      const { code, verifier } = await codeFor(apps.public);
      const asked = new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: 'public', code, code_verifier: verifier },
        redirect_uri: apps.public.redirectUri,
      });
      const answers = await Promise.all([
        fetch(`${endpoints.token}?${asked.toString()}`, { method: 'POST' }),
        fetch(`${endpoints.token}?${asked.toString()}`),
      ]);

      for (const { status } of answers) expect(status).to.be.within(400, 499);
    });
  });
});

describe('the log', () => {
  it('holds no password, code, token, secret or health data, at any level', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) as Log;
    const world = await openWorld(await startServer({ guard: 'standard', log }));
    const { apps, people, endpoints } = world;
    const {
      reply,
      sent,
      request: asked,
    } = await launch(world, apps.secret, scope, { person: people.asha });
    const refreshed = await refresh(apps.secret, endpoints, reply.json.refresh_token);
    await introspect(apps.secret, endpoints, refreshed.json.access_token);
    await world.fhir(refreshed.json.access_token).get('Patient?family=Rao&birthdate=1980-02-03');
    await exchange(apps.secret, endpoints, { code: 'stolen-code', verifier: 'stolen-verifier' });
    await authorize(world, apps.secret, scope, {
      person: { ...people.asha, password: 'a wrong pass phrase' },
    }).catch(String);
    await revoke(apps.secret, endpoints, refreshed.json.refresh_token);
    await world.close();

    const written = lines.join('');
    const secrets = [
      ...[
        reply.json.access_token,
        reply.json.refresh_token,
        reply.json.id_token,
        refreshed.json.access_token,
      ],
      ...[
        sent.get('code'),
        asked.verifier,
        apps.secret.secret,
        people.asha.password,
        'a wrong pass phrase',
      ],
      ...['stolen-code', 'stolen-verifier', 'Rao', '1980-02-03'],
    ];
    expect(lines, 'something was logged').not.to.be.empty;
    for (const secret of secrets) expect(written).not.to.include(String(secret));
  });
});
