// A SMART app as a test client: it asks, walks its user through the server's pages, and exchanges what it gets.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, type CryptoKey } from 'jose';
import type { Agent, Page } from './agent.ts';

/** A client as it was registered. */
export interface App {
  readonly id: string;
  readonly kind: 'public' | 'symmetric' | 'asymmetric';
  readonly redirectUri: string;
  readonly secret?: string;
  readonly key?: SigningKey;
}

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly kid: string;
  readonly alg: 'RS384' | 'ES384';
}

export interface Endpoints {
  /** The FHIR base. */
  readonly base: string;
  readonly authorize: string;
  readonly token: string;
  readonly introspect: string;
  readonly revoke: string;
}

export type Parameters = Readonly<Record<string, string | undefined>>;

export interface Request {
  readonly parameters: Parameters;
  readonly verifier: string;
  readonly state: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it, and chai says what is missing
  readonly json: any;
}

export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** What an app sends its user to the server with; `changes` of a test come last, undefined takes a parameter out. */
export const authorizationRequest = (
  app: App,
  { base }: Endpoints,
  scope: string,
  changes: Parameters = {},
): Request => {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('hex');
  return {
    ...{ verifier, state },
    parameters: {
      response_type: 'code',
      client_id: app.id,
      redirect_uri: app.redirectUri,
      ...{ scope, state, aud: base },
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
      ...changes,
    },
  };
};

const given = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(
    Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined),
  );

/** The first page of the server. */
export const sendUser = (
  agent: Agent,
  { authorize }: Endpoints,
  { parameters }: Request,
  method: 'GET' | 'POST' = 'GET',
): Promise<Page> =>
  method === 'POST'
    ? agent.post(authorize, given(parameters), { origin: 'null' })
    : agent.get(`${authorize}?${given(parameters).toString()}`);

/** A form post with nothing added. */
export const postForm = async (
  address: string,
  parameters: Parameters,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => {
  const answer = await fetch(address, {
    method: 'POST',
    body: given(parameters),
    headers: { ...headers },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  };
};

/** How this client says who it is: parameters and headers of a request to the token endpoint. */
export const credentials = async (
  app: App,
  { token }: Endpoints,
): Promise<{
  readonly parameters: Parameters;
  readonly headers: Readonly<Record<string, string>>;
}> => {
  if (app.kind === 'public') return { parameters: { client_id: app.id }, headers: {} };
  if (app.kind === 'symmetric')
    return { parameters: {}, headers: { authorization: basic(app.id, app.secret!) } };
  const assertion = await assertionOf(app, token);
  return {
    parameters: { client_assertion_type: jwtBearer, client_assertion: assertion },
    headers: {},
  };
};

export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

export interface AssertionChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: SigningKey;
}

/** The client's signed statement of who it is; a test may bend it. */
export const assertionOf = (
  { id, key }: App,
  audience: string,
  changes: AssertionChanges = {},
): Promise<string> => {
  const { privateKey, kid, alg } = changes.key ?? key!;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: id,
    sub: id,
    aud: audience,
    exp: now + 240,
    jti: randomUUID(),
    ...changes.claims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg, kid, typ: 'JWT', ...changes.header })
    .sign(privateKey);
};

export const exchange = async (
  app: App,
  endpoints: Endpoints,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  changes: {
    readonly parameters?: Parameters;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Reply> => {
  const own = await credentials(app, endpoints);
  const parameters = {
    grant_type: 'authorization_code',
    ...{ code, redirect_uri: app.redirectUri, code_verifier: verifier },
    ...own.parameters,
    ...changes.parameters,
  };
  return postForm(endpoints.token, parameters, { ...own.headers, ...changes.headers });
};

export const refresh = async (
  app: App,
  endpoints: Endpoints,
  refreshToken: string,
  changes: Parameters = {},
): Promise<Reply> => {
  const own = await credentials(app, endpoints);
  const parameters = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...own.parameters,
    ...changes,
  };
  return postForm(endpoints.token, parameters, own.headers);
};

export const introspect = async (app: App, endpoints: Endpoints, token: string): Promise<Reply> => {
  const own = await credentials(app, endpoints);
  return postForm(endpoints.introspect, { token, ...own.parameters }, own.headers);
};

export const revoke = async (app: App, endpoints: Endpoints, token: string): Promise<Reply> => {
  const own = await credentials(app, endpoints);
  return postForm(endpoints.revoke, { token, ...own.parameters }, own.headers);
};
