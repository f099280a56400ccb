// The server of the SMART suites with all its guards, and who comes to it: people who sign in, and apps that were registered.

import { exportJWK, generateKeyPair } from 'jose';
import { unrestricted } from '../../../../src/access/permit.ts';
import type { User } from '../../../../src/access/user.ts';
import { hashSecret } from '../../../../src/oauth/client-secret.ts';
import { createUsers } from '../../../../src/oauth/users/users.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { startServer, type TestServer } from '../../../support/server.ts';
import { parseDocument } from '../../../../src/fhir/json.ts';
import { clientOf, type Client } from '../../../support/client.ts';
import { openAgent, type Agent } from './agent.ts';
import type { App, Endpoints, SigningKey } from './app.ts';
import { hospitals, population } from './population.ts';

export interface Person {
  readonly user: User;
  readonly username: string;
  readonly password: string;
}

export interface World {
  readonly server: TestServer;
  readonly endpoints: Endpoints;
  /** As the server publishes it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it, and chai says what is missing
  readonly configuration: any;
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly apps: Readonly<Record<AppName, App>>;
  /** A browser nobody used yet. */
  readonly agent: () => Agent;
  /** A client of the FHIR API with this token. */
  readonly fhir: (token?: string) => Client;
  readonly close: () => Promise<void>;
}

/** Asha is a patient and Ben's mother; Carla a patient of the other hospital; Dora and Sam are doctors, one at each. */
type PersonName = 'asha' | 'carla' | 'dora' | 'sam';

/** `public` has a page; `secret` and `signed` (RS384) have servers; `ehr` opens launches; `other` is somebody else's app. */
type AppName =
  | 'public'
  | 'secret'
  | 'signed'
  | 'ehr'
  | 'other'
  | 'resourceServer'
  | 'system'
  | 'systemRsa'
  | 'resourceSystem';

const password = 'seven green lanterns over water';

export const openWorld = async (running?: TestServer): Promise<World> => {
  const server = running ?? (await startServer({ guard: 'standard' }));
  await populate(server);
  const [people, apps, configuration] = await Promise.all([
    addPeople(server),
    addApps(server),
    published(server.base),
  ]);
  const opened: Client[] = [];
  return {
    ...{ server, configuration, people, apps },
    endpoints: {
      base: server.base,
      authorize: configuration.authorization_endpoint,
      token: configuration.token_endpoint,
      introspect: configuration.introspection_endpoint,
      revoke: configuration.revocation_endpoint,
    },
    agent: () => openAgent(server.url),
    fhir: (token) => {
      const client = withToken(clientOf(server.base), token);
      opened.push(client);
      return client;
    },
    close: async () => {
      for (const client of opened) client.close();
      await server.close();
    },
  };
};

const published = async (base: string): Promise<World['configuration']> => {
  const answer = await fetch(`${base}/.well-known/smart-configuration`);
  return answer.json();
};

/** Use inside `describe`: a world of its own for this suite. */
export const smartWorld = (): (() => World) => {
  let world: World | undefined;
  before(async function () {
    this.timeout(120_000);
    world = await openWorld();
  });
  after(() => world?.close());
  return () => {
    if (world === undefined) throw new Error('The world is there inside tests only.');
    return world;
  };
};

const populate = async ({ context, base }: TestServer): Promise<void> => {
  for (const { custodian, resources } of population) {
    const entry = resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${String(resource['id'])}` },
    }));
    const text = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
    const body = parseDocument(text, context.limits.depth);
    const answer = await context.dispatch(
      { method: 'POST', path: '', query: [], headers: {}, body, base },
      { ...unrestricted, custodian },
    );
    if (answer.status !== 200) throw new Error(`The population was refused: ${answer.text ?? ''}`);
  }
};

const addPeople = async ({ context }: TestServer): Promise<World['people']> => {
  const users = createUsers({ records: context.store.records, now: Date.now, newId });
  const add = async (username: PersonName, member: Partial<User>): Promise<Person> => {
    const draft = { username, name: username, role: 'patient' as const, password, ...member };
    return {
      user: await users.create(draft),
      username,
      password,
    };
  };
  return {
    asha: await add('asha', {
      fhirUser: 'Patient/asha',
      relatedPersons: ['RelatedPerson/ben-relatedperson'],
    }),
    carla: await add('carla', { fhirUser: 'Patient/carla' }),
    dora: await add('dora', {
      role: 'clinician',
      fhirUser: 'Practitioner/dora',
      organization: hospitals.north,
    }),
    sam: await add('sam', {
      role: 'clinician',
      fhirUser: 'Practitioner/sam',
      organization: hospitals.south,
    }),
  };
};

const addApps = async ({ context }: TestServer): Promise<World['apps']> => {
  const { records } = context.store;
  const add = async (name: AppName, kind: App['kind'], more: Registration = {}): Promise<App> => {
    const redirectUri = `https://${name.toLowerCase()}.example/callback`;
    const key = kind === 'asymmetric' ? await newKey(more.alg ?? 'ES384', name) : undefined;
    const secret =
      kind === 'symmetric' ? `${name}-secret-of-more-than-thirty-two-characters` : undefined;
    await records.put('Client', name, {
      ...{ client_id: name, client_name: `The ${name} app` },
      token_endpoint_auth_method: methods[kind],
      grant_types: ['authorization_code', 'refresh_token'],
      ...{ response_types: ['code'], redirect_uris: [redirectUri] },
      launch_uri: `https://${name.toLowerCase()}.example/launch`,
      ...(secret === undefined ? {} : { client_secret: await hashSecret(secret) }),
      ...(key === undefined
        ? {}
        : { jwks: { keys: [key.publicKey] }, token_endpoint_auth_signing_alg: key.alg }),
      ...more.metadata,
    });
    return {
      id: name,
      kind,
      redirectUri,
      ...(secret === undefined ? {} : { secret }),
      ...(key === undefined ? {} : { key }),
    };
  };
  const system = {
    ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
    ...{ smart_scope: 'system/*.rs', organization: hospitals.north },
  };
  return {
    public: await add('public', 'public'),
    secret: await add('secret', 'symmetric'),
    signed: await add('signed', 'asymmetric', { alg: 'RS384' }),
    ehr: await add('ehr', 'public'),
    other: await add('other', 'symmetric'),
    resourceServer: await add('resourceServer', 'symmetric', {
      metadata: { resource_server: true },
    }),
    system: await add('system', 'asymmetric', { alg: 'ES384', metadata: system }),
    systemRsa: await add('systemRsa', 'asymmetric', { alg: 'RS384', metadata: system }),
    resourceSystem: await add('resourceSystem', 'asymmetric', {
      alg: 'ES384',
      metadata: { ...system, resource_server: true },
    }),
  };
};

interface Registration {
  readonly alg?: SigningKey['alg'];
  readonly metadata?: object;
}

const methods: Readonly<Record<App['kind'], string>> = {
  public: 'none',
  symmetric: 'client_secret_basic',
  asymmetric: 'private_key_jwt',
};

export const newKey = async (
  alg: SigningKey['alg'],
  kid: string,
): Promise<SigningKey & { readonly publicKey: object }> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    privateKey,
    kid,
    alg,
    publicKey: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  };
};

const withToken = (client: Client, token: string | undefined): Client => {
  if (token === undefined) return client;
  const authorization = `Bearer ${token}`;
  const ask: Client['ask'] = (method, path, asked = {}) =>
    client.ask(method, path, { ...asked, headers: { authorization, ...asked.headers } });
  return {
    ...{ base: client.base, ask },
    close: () => {
      client.close();
    },
    get: (path, headers = {}) => ask('GET', path, { headers }),
    post: (path, body, headers = {}) => ask('POST', path, { body, headers }),
    put: (path, body, headers = {}) => ask('PUT', path, { body, headers }),
    patch: (path, body, headers = {}) => ask('PATCH', path, { body, headers }),
    delete: (path, headers = {}) => ask('DELETE', path, { headers }),
  };
};
