// What SMART App Launch 2.2 requires towards clients that are systems or that register themselves, where no test of Inferno asks.
// https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { startServer } from '../../support/server.ts';
import { bundleOf, idsOf } from '../../support/client.ts';
import {
  assertionOf,
  jwtBearer,
  postForm,
  type App,
  type AssertionChanges,
  type Reply,
} from './support/app.ts';
import { launch } from './support/launch.ts';
import { newKey, openWorld, type World } from './support/world.ts';

describe('SMART 2.2 requirements of clients', () => {
  let keyServer: Server | undefined;
  /** What the key server answers, and how often it was asked. */
  const published = { keys: [] as readonly object[], cacheControl: 'no-store', asked: 0 };
  let jwksUri = '';
  let world: World | undefined;
  before(async function () {
    this.timeout(60_000);
    keyServer = createServer((_req, res) => {
      published.asked += 1;
      res.writeHead(200, {
        'content-type': 'application/json',
        'cache-control': published.cacheControl,
      });
      res.end(JSON.stringify({ keys: published.keys }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => keyServer!.once('listening', resolve));
    const host = `127.0.0.1:${String((keyServer.address() as AddressInfo).port)}`;
    jwksUri = `http://${host}/jwks`;
    const env = { JWKS_PRIVATE_HOSTS: host };
    world = await openWorld(await startServer({ guard: 'standard', env }));
  });
  after(async () => {
    await world?.close();
    keyServer?.close();
  });

  const ask = async (
    app: App,
    scope = 'system/*.rs',
    bent: AssertionChanges = {},
  ): Promise<Reply> => {
    const { token } = world!.endpoints;
    const client_assertion = await assertionOf(app, token, bent);
    return postForm(token, {
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: jwtBearer,
      client_assertion,
    });
  };

  const register = async (metadata: object, token?: string): Promise<Reply> => {
    const initial = token ?? (await initialAccessToken(world!));
    const answer = await fetch(world!.configuration.registration_endpoint, {
      method: 'POST',
      body: JSON.stringify(metadata),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${initial}` },
    });
    return { status: answer.status, headers: answer.headers, json: await answer.json() };
  };

  const systemMetadata = {
    ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
    ...{ token_endpoint_auth_method: 'private_key_jwt', scope: 'system/*.rs' },
  };

  describe('systems', () => {
    it('gives a system a token for five minutes at most', async () => {
      const { json } = await ask(world!.apps.system);

      expect(json.expires_in).to.be.within(1, 300);
    });

    it('reaches by system scopes what the system was allowed', async () => {
      const { json } = await ask(world!.apps.system);
      const found = idsOf(bundleOf(await world!.fhir(json.access_token).get('Patient')));

      expect(found).to.include.members(['asha', 'ben']).and.not.include('carla');
    });

    it('narrows what a system may do to the scopes it asks for', async () => {
      const { json } = await ask(world!.apps.system, 'system/Patient.r');
      const fhir = world!.fhir(json.access_token);

      expect(json.scope).to.equal('system/Patient.r');
      expect((await fhir.get('Patient/asha')).status).to.equal(200);
      expect((await fhir.get('Patient')).status).to.equal(403);
      expect((await fhir.get('Observation')).status).to.equal(403);
    });

    it('answers an unknown client, and a wrong signature, with invalid_client', async () => {
      const { system } = world!.apps;
      const replies = [
        await ask({ ...system, id: 'unknown' }),
        await ask(system, 'system/*.rs', { key: await newKey('ES384', 'system') }),
      ];

      for (const { status, json } of replies) {
        expect(status).to.be.oneOf([400, 401]);
        expect(json.error).to.equal('invalid_client');
      }
    });

    it('lets a resource server introspect every token with a bearer token of its own', async () => {
      const { apps, people, endpoints } = world!;
      const { reply } = await launch(world!, apps.secret, 'launch/patient patient/Patient.rs', {
        person: people.asha,
      });
      const token = String(reply.json.access_token);
      const introspectAs = async (app: App) => {
        const { json } = await ask(app);
        return postForm(
          endpoints.introspect,
          { token },
          { authorization: `Bearer ${String(json.access_token)}` },
        );
      };

      expect((await introspectAs(apps.resourceSystem)).json).to.include({
        active: true,
        client_id: 'secret',
        patient: 'asha',
      });
      expect((await introspectAs(apps.system)).json).to.deep.equal({ active: false });
    });

    it('issues no system token to a client that has a secret in place of a key', async () => {
      const { status, json } = await register({
        ...{ ...systemMetadata, token_endpoint_auth_method: 'client_secret_basic' },
      });

      expect([status, json.error]).to.deep.equal([400, 'invalid_client_metadata']);
    });
  });

  describe('registration', () => {
    it('gives a registered app its client_id', async () => {
      const { status, json } = await register({
        ...{ client_name: 'New', redirect_uris: ['https://new.example/callback'] },
        ...{ token_endpoint_auth_method: 'none', scope: 'launch/patient patient/*.rs' },
      });

      expect(status, JSON.stringify(json)).to.equal(201);
      expect(json.client_id).to.be.a('string').that.is.not.empty;
      expect(json).to.deep.include({
        redirect_uris: ['https://new.example/callback'],
        scope: 'launch/patient patient/*.rs',
      });
    });

    it('takes a registration token once', async () => {
      const token = await initialAccessToken(world!);
      const app = {
        redirect_uris: ['https://new.example/callback'],
        token_endpoint_auth_method: 'none',
      };

      expect((await register(app, token)).status).to.equal(201);
      expect((await register(app, token)).status).to.equal(401);
    });

    it('lets nobody register for an organization, for all of them, or as who may look into tokens', async () => {
      for (const more of [
        { organization: 'Organization/north' },
        { network: true },
        { resource_server: true },
      ]) {
        const app = {
          redirect_uris: ['https://new.example/callback'],
          token_endpoint_auth_method: 'none',
          ...more,
        };
        const { status, json } = await register(app);
        expect([status, json.error], JSON.stringify(more)).to.deep.equal([
          400,
          'invalid_client_metadata',
        ]);
      }
    });

    it('refuses addresses that no browser should be sent to', async () => {
      for (const wrong of [
        { redirect_uris: ['javascript:alert(1)'] },
        { redirect_uris: ['data:text/html,x'] },
        { redirect_uris: ['https://new.example/#fragment'] },
        { redirect_uris: ['https://new.example/'], client_uri: 'javascript:alert(1)' },
        { redirect_uris: ['https://new.example/'], launch_uri: 'javascript:alert(1)' },
        { redirect_uris: ['https://new.example/'], logo_uri: 'data:image/svg+xml,x' },
        { redirect_uris: ['http://new.example/callback'] },
      ]) {
        const { status } = await register({ token_endpoint_auth_method: 'none', ...wrong });
        expect(status, JSON.stringify(wrong)).to.equal(400);
      }
    });

    it('shows a system that registered itself nobody, until an administrator gives it an organization', async () => {
      const key = await newKey('ES384', 'self');
      const { json } = await register({ ...systemMetadata, jwks: { keys: [key.publicKey] } });
      const { json: token } = await ask(asApp(json.client_id, key));
      const fhir = world!.fhir(token.access_token);

      expect((await fhir.get('Patient')).status).to.equal(403);
      expect((await fhir.get('Patient/asha')).status).to.be.oneOf([403, 404]);
    });

    it('ends the tokens of a client that is removed', async () => {
      const { json } = await register({
        ...{ client_name: 'Gone', redirect_uris: ['https://gone.example/callback'] },
        ...{
          token_endpoint_auth_method: 'none',
          scope: 'openid launch/patient patient/*.rs offline_access',
        },
      });
      const gone: App = {
        id: json.client_id,
        kind: 'public',
        redirectUri: 'https://gone.example/callback',
      };
      const { reply } = await launch(world!, gone, 'openid patient/Patient.rs', {
        person: world!.people.asha,
      });
      const status = async () =>
        (await world!.fhir(reply.json.access_token).get('Patient/asha')).status;
      const before = await status();
      const removed = await fetch(json.registration_client_uri, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${String(json.registration_access_token)}` },
      });

      expect([before, removed.status, await status()]).to.deep.equal([200, 204, 401]);
    });

    it('lets no page without an origin act for an app on a phone', async () => {
      const { json } = await register({
        ...{ application_type: 'native', redirect_uris: ['com.example.app:/callback'] },
        token_endpoint_auth_method: 'none',
      });
      const { token, base } = world!.endpoints;
      const headers = { origin: 'null' };
      const traded = await postForm(
        token,
        { grant_type: 'authorization_code', client_id: json.client_id, code: 'x' },
        headers,
      );
      const read = await fetch(`${base}/Patient`, { headers });

      expect(traded.headers.get('access-control-allow-origin')).to.equal(null);
      expect(read.headers.get('access-control-allow-origin')).to.equal(null);
    });

    it('lets only who holds its own token change a registration', async () => {
      const key = await newKey('ES384', 'one');
      const { json } = await register({ ...systemMetadata, jwks: { keys: [key.publicKey] } });
      const other = await register({
        redirect_uris: ['https://new.example/'],
        token_endpoint_auth_method: 'none',
      });
      const change = (token: string) =>
        fetch(json.registration_client_uri, {
          method: 'PUT',
          body: JSON.stringify({
            ...systemMetadata,
            client_id: json.client_id,
            jwks: { keys: [] },
          }),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        });

      for (const token of ['wrong', String(other.json.registration_access_token)])
        expect((await change(token)).status).to.be.oneOf([400, 401, 403]);
      expect(
        (await ask({ ...world!.apps.system, id: json.client_id, key }, 'system/*.rs')).json.error,
      ).to.not.equal('invalid_client');
    });
  });

  describe('key sets', () => {
    it('takes the keys of a client directly, and from an address', async () => {
      const [direct, remote] = await Promise.all([
        newKey('ES384', 'direct'),
        newKey('RS384', 'remote'),
      ]);
      Object.assign(published, { keys: [remote.publicKey] });
      const one = await register({ ...systemMetadata, jwks: { keys: [direct.publicKey] } });
      const two = await register({ ...systemMetadata, jwks_uri: jwksUri });
      const answers = [
        await ask(asApp(one.json.client_id, direct)),
        await ask(asApp(two.json.client_id, remote)),
        await ask(asApp(two.json.client_id, remote), 'system/*.rs', { header: { jku: jwksUri } }),
      ];

      for (const { json } of answers) expect(json.error).to.equal(undefined, JSON.stringify(json));
    });

    it('fetches the keys of an address by GET, and believes them no longer than Cache-Control says', async () => {
      const [old, renewed] = await Promise.all([newKey('ES384', 'old'), newKey('ES384', 'new')]);
      Object.assign(published, { keys: [old.publicKey], cacheControl: 'no-store' });
      const { json } = await register({ ...systemMetadata, jwks_uri: jwksUri });
      const before = await ask(asApp(json.client_id, old));
      Object.assign(published, { keys: [renewed.publicKey] });
      const withdrawn = await ask(asApp(json.client_id, old));
      const after = await ask(asApp(json.client_id, renewed));

      expect(before.json.error).to.equal(undefined, JSON.stringify(before.json));
      expect(withdrawn.json.error).to.equal('invalid_client');
      expect(after.json.error).to.equal(undefined, JSON.stringify(after.json));
    });

    it('keeps the keys of an address as long as Cache-Control allows', async () => {
      const key = await newKey('ES384', 'kept');
      Object.assign(published, { keys: [key.publicKey], cacheControl: 'max-age=600' });
      const { json } = await register({ ...systemMetadata, jwks_uri: jwksUri });
      await ask(asApp(json.client_id, key));
      const { asked } = published;
      await ask(asApp(json.client_id, key));

      expect(published.asked).to.equal(asked);
    });

    it('fetches no keys from a private network that the operator did not name', async () => {
      const key = await newKey('ES384', 'inside');
      let asked = 0;
      const inside = createServer((_req, res) => {
        asked += 1;
        res.end(JSON.stringify({ keys: [key.publicKey] }));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => inside.once('listening', resolve));
      const { port } = inside.address() as AddressInfo;
      for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
        const { json } = await register({
          ...systemMetadata,
          jwks_uri: `http://${host}:${port}/jwks`,
        });
        if (json.client_id !== undefined) await ask(asApp(json.client_id, key));
      }
      inside.close();

      expect(asked).to.equal(0);
    });

    it('refuses a key whose name two keys of the set have', async () => {
      const [one, two] = await Promise.all([newKey('ES384', 'same'), newKey('ES384', 'same')]);
      Object.assign(published, { keys: [one.publicKey, two.publicKey], cacheControl: 'no-store' });
      const { json } = await register({ ...systemMetadata, jwks_uri: jwksUri });

      expect((await ask(asApp(json.client_id, one))).json.error).to.equal('invalid_client');
    });
  });

  const asApp = (id: string, key: App['key']): App => ({
    ...{ id, kind: 'asymmetric', redirectUri: '' },
    ...(key === undefined ? {} : { key }),
  });
});

/** As an administrator gets it by the command line. */
const initialAccessToken = async ({ server }: World): Promise<string> => {
  const command = { command: 'create-registration-token', parameters: [] };
  const answer = await server.application.administer(command);
  const found = answer.find(({ name }) => name === 'token');
  if (found === undefined || !('valueString' in found)) throw new Error('There is no token.');
  return String(found.valueString);
};
