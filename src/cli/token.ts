// Token: a backend service asks for access by a signed assertion, and again before what it got runs out.
// https://hl7.org/fhir/smart-app-launch/STU2.2/backend-services.html

import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { PrivateKey } from './private-key.ts';
import { isThisMachine, type Account } from './words.ts';

export interface Tokens {
  /** One that lasts for a while yet. */
  get(signal?: AbortSignal): Promise<string>;
  /** The server does not take it any more. */
  forget(token: string): void;
}

/** What the server answered instead of a token; trying again will not help. */
export class NoAccess extends Error {
  override readonly name = 'NoAccess';
}

interface Held {
  readonly token: string;
  readonly until: number;
}

/** Several who ask at once share one request. */
export const createTokens = (
  account: Account,
  key: PrivateKey,
  now: () => number = Date.now,
): Tokens => {
  let asked: Promise<Held> | undefined;
  let held: Held | undefined;
  const ask = async (signal?: AbortSignal): Promise<Held> => {
    const answer = await requestToken(account, key, signal);
    held = { token: answer.access_token, until: now() + (answer.expires_in ?? 300) * 1000 };
    return held;
  };
  return {
    get: async (signal) => {
      if (held && held.until - spareMilliseconds > now()) return held.token;
      asked ??= ask(signal).finally(() => {
        asked = undefined;
      });
      return (await asked).token;
    },
    forget: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
};

/** A token that runs out while a request is on its way is refused on arrival. */
const spareMilliseconds = 60_000;

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in?: number;
}

const requestToken = async (
  account: Account,
  key: PrivateKey,
  signal?: AbortSignal,
): Promise<TokenAnswer> => {
  const stop = signal ? { signal } : {};
  const endpoint = await findEndpoint(account.server, stop);
  const answer = await fetch(endpoint, {
    ...{ method: 'POST', redirect: 'error', ...stop },
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: account.scope },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(account.clientId, key, endpoint),
    }),
  });
  if (answer.status >= 500 || answer.status === 429)
    throw new Error(`The token endpoint answered ${String(answer.status)}.`);
  const body = (await answer.json().catch(() => ({}))) as Partial<TokenAnswer> & Refusal;
  if (typeof body.access_token === 'string') return { ...body, access_token: body.access_token };
  throw new NoAccess(
    `The server gives '${account.clientId}' no access: ${body.error ?? String(answer.status)}${body.error_description === undefined ? '' : ` (${body.error_description})`}.`,
  );
};

interface Refusal {
  readonly error?: string;
  readonly error_description?: string;
}

const assertionOf = (clientId: string, { key, alg, kid }: PrivateKey, endpoint: string) =>
  new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(endpoint)
    .setIssuedAt()
    .setExpirationTime('4m')
    .sign(key);

const findEndpoint = async (
  server: string,
  stop: { readonly signal?: AbortSignal },
): Promise<string> => {
  const address = `${server}/.well-known/smart-configuration`;
  const answer = await fetch(address, { redirect: 'error', ...stop });
  if (answer.status >= 500 || answer.status === 429)
    throw new Error(`${address} answered ${String(answer.status)}.`);
  const found = (await answer.json().catch(() => ({}))) as { readonly token_endpoint?: unknown };
  const endpoint = found.token_endpoint;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint))
    throw new NoAccess(`${address} names no token endpoint; is --server the FHIR base (…/fhir)?`);
  const { protocol, hostname } = new URL(endpoint);
  if (protocol === 'https:' || isThisMachine(hostname)) return endpoint;
  throw new NoAccess(`The token endpoint '${endpoint}' is not encrypted.`);
};
