// The commands of an administrator: what they make is there, and what is wrong is named.

import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { revokeAccess } from '#src/administration/commands/revoke-access.ts';
import type { Tools } from '#src/administration/types.ts';
import { createAdapters } from '#src/oauth/adapter.ts';
import type { RecordStore } from '#src/store/port.ts';
import { createAuthenticate, createFindCaller } from '#src/access/authenticate.ts';
import type { OutputParameter } from '#src/operations/parameters.ts';
import { Problem } from '#src/fhir/problem.ts';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

type Values = Readonly<Record<string, string | boolean>>;

describe('administration/commands', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());

  const run = async (command: string, values: Values = {}): Promise<Record<string, string>> => {
    const parameters = Object.entries(values).map(
      ([name, value]) => [name, String(value)] as const,
    );
    const outputs = await server.application.administer({ command, parameters });
    return Object.fromEntries(outputs.map(valueOf));
  };
  const valueOf = ({ name, ...rest }: OutputParameter): [string, string] => [
    name,
    String(Object.values(rest)[0]),
  ];
  const faultOf = async (command: string, values: Values = {}): Promise<string> => {
    try {
      await run(command, values);
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    }
    throw new Error(`${command} was done.`);
  };
  const read = async (reference: string) => (await ask(`${server.base}/${reference}`)).json;
  const authenticate = (token: string) =>
    createAuthenticate(
      createFindCaller({ records: server.context.store.records, now: Date.now }),
      server.base,
    )(`Bearer ${token}`);

  it('creates an organization and a practitioner with a role there', async () => {
    const { organization } = await run('create-organization', { name: 'North', phone: '+1 5550' });
    const made = await run('create-practitioner', {
      ...{ family: 'Rao', given: 'Meera', prefix: 'Dr.', organization: organization! },
    });

    expect(await read(organization!)).to.include({ name: 'North', active: true });
    expect((await read(made['practitioner']!)).name[0].family).to.equal('Rao');
    expect((await read(made['role']!)).organization.reference).to.equal(organization);
  });

  it('gives a practitioner to the organization, with the number its sign-in knows them by', async () => {
    const { organization } = await run('create-organization', { name: 'North' });
    const identifier = 'https://north.example/staff|E-1';
    const { practitioner } = await run('create-practitioner', {
      ...{ family: 'Rao', organization: organization!, identifier },
    });
    const [type = '', id = ''] = practitioner!.split('/');
    const [kept] = await server.context.store.resources.read([{ type, id }]);

    expect(kept!.custodian).to.equal(organization);
    expect((await read(practitioner!)).identifier).to.deep.equal([
      { system: 'https://north.example/staff', value: 'E-1' },
    ]);
    expect(await faultOf('create-practitioner', { family: 'Rao', identifier: 'E-1' })).to.include(
      'system|value',
    );
  });

  describe('create-identity-provider', () => {
    const provider = {
      ...{ id: 'st-mary', name: 'St. Mary', issuer: 'https://id.st-mary.example' },
      ...{ 'client-id': 'meridian', 'client-secret': 'the-secret-of-st-mary' },
      ...{ 'link-claim': 'employee', 'link-system': 'https://st-mary.example/staff' },
      ...{ 'role-claim': 'groups', role: 'doctors=clinician' },
    };

    it('offers the sign-in of a hospital and says what to register there', async () => {
      const { organization = '' } = await run('create-organization', { name: 'St. Mary' });

      const made = await run('create-identity-provider', { ...provider, organization });

      const kept = await server.context.store.records.get('identity-provider', 'st-mary');
      expect(made['redirect-uri']).to.equal(`${server.url}/oauth/federated/st-mary/callback`);
      expect(kept).to.deep.include({ organization, roles: { doctors: 'clinician' } });
      expect(JSON.stringify(kept)).not.to.include('the-secret-of-st-mary');
    });

    for (const [values, words] of [
      [{ role: 'doctors=administrator' }, "'role' must be a value of the claim"],
      [{ issuer: 'http://id.st-mary.example' }, 'The issuer is an https address'],
      [{ organization: 'Organization/none' }, 'which is not there'],
      [{ 'second-factor': 'maybe' }, "'second-factor' must be one of"],
    ] as const)
      it(`refuses one with ${JSON.stringify(values)}`, async () => {
        const { organization = '' } = await run('create-organization', { name: 'St. Mary' });

        const fault = await faultOf('create-identity-provider', {
          ...{ ...provider, organization },
          ...values,
        });

        expect(fault).to.contain(words);
      });
  });

  it('removes the second factors of who has lost them, and signs them out', async () => {
    const { records } = server.context.store;
    const { user = '' } = await run('create-user', {
      ...{ username: 'lost', name: 'L', role: 'administrator', password: 'three odd red boats' },
    });
    const factor = { kind: 'recovery', id: 'f', codes: [], createdAt: '2026-01-01T00:00:00Z' };
    await records.put('user', user, {
      ...((await records.get('user', user)) as object),
      factors: [factor],
    });
    await records.put('Session', 's', { accountId: user });

    expect(await run('reset-second-factor', { user: 'LOST' })).to.deep.equal({ removed: '1' });

    expect(await records.get('user', user)).to.deep.include({ factors: [] });
    expect(await records.get('Session', 's')).to.be.undefined;
    expect(await faultOf('reset-second-factor', { user: 'nobody' })).to.contain('no user');
  });

  it('creates a user who has the password, and refuses the same name again', async () => {
    const user = { username: 'Anna', name: 'Anna A', role: 'administrator' };
    const { user: id } = await run('create-user', { ...user, password: 'three odd green boats' });

    expect(await server.context.store.records.get('user', id!)).to.include({ username: 'Anna' });
    expect(
      await faultOf('create-user', { ...user, username: 'anna', password: 'three odd blue boats' }),
    ).to.contain('taken');
  });

  for (const [values, words] of [
    [{ name: 'A', role: 'clinician' }, 'A clinician works for an organization'],
    [{ name: 'A', role: 'king' }, "'role' must be one of patient"],
    [{ name: 'A', role: 'patient', 'fhir-user': 'Practitioner/1' }, 'must be Patient/[id]'],
    [
      { name: 'A', role: 'patient', 'fhir-user': 'Patient/none' },
      'Patient/none, which is not there',
    ],
    [{ role: 'patient' }, "'name' is missing"],
    [{ name: 'A', role: 'administrator', pasword: 'x' }, "did you mean 'password'"],
    [{ name: 'A', role: 'administrator', password: 'short' }, 'at least 12 characters'],
  ] as const)
    it(`refuses a user of ${JSON.stringify(values)}`, async () => {
      expect(await faultOf('create-user', { username: 'someone', ...values })).to.contain(words);
    });

  const app = {
    name: 'Growth chart',
    kind: 'confidential',
    'redirect-uri': 'https://app.example/callback',
    scope: 'launch/patient openid fhirUser patient/Observation.rs?category=vital-signs',
  };

  it('registers an app, shows its secret once and keeps a hash', async () => {
    const made = await run('create-client', app);
    const kept = (await server.context.store.records.get('Client', made['client-id']!)) as Record<
      string,
      unknown
    >;

    expect(made['client-secret']).to.have.length.above(40);
    expect(JSON.stringify(kept)).to.not.contain(made['client-secret']);
    expect(kept).to.include({ client_name: 'Growth chart', smart_scope: app.scope });
  });

  for (const [values, words] of [
    [{ 'redirect-uri': 'http://app.example/' }, 'https address'],
    [{ 'redirect-uri': 'https://app.example/#x' }, "without '#'"],
    [{ 'redirect-uri': 'javascript:alert(1)' }, 'cannot be a redirect-uri'],
    [{ 'redirect-uri': 'myapp:/back' }, 'cannot be a redirect-uri'],
    [{ 'redirect-uri': 'not an address' }, 'cannot be a redirect-uri'],
    [{ 'launch-uri': 'http://app.example/' }, "'launch-uri' must be"],
    [{ scope: 'patient/Observation.sr' }, "'patient/Observation.sr' is no scope"],
    [{ scope: 'patient/Nothing.rs' }, 'is no scope'],
    [{ kind: 'system' }, 'has no redirect-uri'],
    [{ kind: 'asymmetric' }, 'either as jwks or by jwks-uri'],
    [{ kind: 'asymmetric', jwks: '{"keys":[{"kty":"RSA","d":"x"}]}' }, 'public keys'],
    [{ 'client-id': 'with blank' }, 'visible ASCII'],
  ] as const)
    it(`refuses a client with ${JSON.stringify(values)}`, async () => {
      expect(await faultOf('create-client', { ...app, ...values })).to.contain(words);
    });

  it('registers native apps and systems in a way that the authorization server reads', async () => {
    const native = await run('create-client', {
      ...{ ...app, kind: 'public', 'redirect-uri': 'org.example.app:/back' },
    });
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES384' }] };
    const system = await run('create-client', {
      ...{ name: 'Laboratory', kind: 'system', scope: 'system/Observation.cruds' },
      ...{ network: true, jwks: JSON.stringify(jwks) },
    });
    const authorize = (client: string, redirect: string) =>
      ask(`${server.url}/oauth/auth?client_id=${client}&redirect_uri=${redirect}`);
    const token = await ask(`${server.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=client_credentials&client_id=${system['client-id']!}`,
    });

    const answered = await authorize(native['client-id']!, 'org.example.app:/back');
    expect(answered.status).to.equal(303);
    expect(answered.headers.location).to.match(/^org\.example\.app:\/back\?error=invalid_request/);
    expect(token.json.error).to.equal('invalid_client');
    expect(token.json.error_description).to.not.contain('metadata');
  });

  it('gives a token that names patient, scopes and role', async () => {
    await ask(`${server.base}/Patient/p1`, {
      method: 'PUT',
      body: { resourceType: 'Patient', id: 'p1' },
    });
    const { token } = await run('create-token', { scope: 'patient/*.rs', patient: 'p1' });

    expect(await authenticate(token!)).to.include({
      ...{ client: 'command-line', role: 'patient', fhirUser: 'Patient/p1', patient: 'p1' },
    });
  });

  it('gives the token of a user their role and organization', async () => {
    const { organization } = await run('create-organization', { name: 'South' });
    const { practitioner } = await run('create-practitioner', { family: 'Paul' });
    await run('create-user', {
      ...{ username: 'paul', name: 'Paul', role: 'desk', password: 'three odd green boats' },
      ...{ 'fhir-user': practitioner!, organization: organization! },
    });
    const { token } = await run('create-token', { scope: 'user/*.cruds', user: practitioner! });

    expect(await authenticate(token!)).to.include({ role: 'desk', organization });
  });

  it('refuses a token without the patient its scopes are about, or with a scope that is none', async () => {
    expect(await faultOf('create-token', { scope: 'patient/*.rs' })).to.contain("send 'patient'");
    expect(await faultOf('create-token', { scope: 'user/*.sr' })).to.contain('is no scope');
  });

  it('revokes everything of a client, at once', async () => {
    const { records } = server.context.store;
    const { 'client-id': client } = await run('create-client', app);
    await records.put('AccessToken', 't1', { clientId: client });
    await records.put('RefreshToken', 't2', { clientId: client });
    await records.put('AccessToken', 't3', { clientId: 'another' });
    const { revoked } = await run('revoke-access', { client: client!, disable: true });

    expect(revoked).to.equal('2');
    expect(await records.get('AccessToken', 't1')).to.equal(undefined);
    expect(await records.get('AccessToken', 't3')).to.not.equal(undefined);
    expect(await records.get('Client', client!)).to.equal(undefined);
  });

  it('removes a client before its tokens, so that none comes in between', async () => {
    const { store } = server.context;
    await store.records.put('Client', 'busy', { client_id: 'busy' });
    const making = createAdapters(store.records)('ClientCredentials');
    let made = 0;
    const make = (): Promise<void> =>
      making
        .upsert(`token-${String((made += 1))}`, { clientId: 'busy' }, 60)
        .catch(() => undefined);
    const drop: RecordStore['drop'] = async (kind, where) => {
      await make();
      const dropped = await store.records.drop(kind, where);
      await make();
      return dropped;
    };
    const tools = {
      context: { ...server.context, store: { ...store, records: { ...store.records, drop } } },
    } as unknown as Tools;

    const inputs = new Map<string, readonly unknown[]>([
      ['client', ['busy']],
      ['disable', [true]],
    ]);
    await revokeAccess.run(inputs, tools);

    expect(await store.records.find('ClientCredentials', { clientId: 'busy' })).to.deep.equal([]);
  });

  it('revokes everything of a user, their sessions as well', async () => {
    const { records } = server.context.store;
    const { user } = await run('create-user', {
      ...{ username: 'gone', name: 'G', role: 'administrator', password: 'three odd green boats' },
    });
    await records.put('Session', 's1', { accountId: user });
    await records.put('AccessToken', 't4', { accountId: user });
    await run('revoke-access', { user: 'gone', disable: true });

    expect(await records.get('AccessToken', 't4')).to.equal(undefined);
    expect(await records.get('Session', 's1')).to.equal(undefined);
    expect(await records.get('user', user!)).to.include({ status: 'disabled' });
    expect(await faultOf('revoke-access', {})).to.contain("either 'client' or 'user'");
    expect(await faultOf('revoke-access', { client: 'none' })).to.contain("no client 'none'");
  });

  it('rotates the keys', async () => {
    const first = await run('rotate-keys');

    expect((await run('rotate-keys'))['key']).to.not.equal(first['key']);
  });

  it('names the command that was meant', async () => {
    expect(await faultOf('create-usr')).to.contain("did you mean 'create-user'");
  });
});
