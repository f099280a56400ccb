// Client keys: the key sets that clients publish, believed no longer than they say themselves.
// https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html#registering-a-client-communicating-public-keys

import { compactVerify, importJWK, type JWK } from 'jose';
import { errors, type Client } from 'oidc-provider';
import { without } from './without.ts';

type Fetch = typeof globalThis.fetch;

export interface ClientKeys {
  /** For the library's `fetch`: notes how long each answer may be kept, and lets the named hosts be on a private network. */
  readonly fetch: Fetch;
  /** Throws when the key set has expired and the key that signed is no longer in the new one. */
  readonly checkStillThere: (client: Client, assertion: string, kid: string) => Promise<void>;
}

/** Members of the library that are not documented; its version is pinned. */
interface KeyStore extends Iterable<JWK> {
  freshUntil?: number;
  refresh(): Promise<void>;
}

export const createClientKeys = (privateHosts: readonly string[]): ClientKeys => {
  const goodUntil = new Map<string, number>();
  const fetchAndNote: Fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const answer = await fetch(input, isPrivate(address, privateHosts) ? unguarded(init) : init);
    goodUntil.set(address, Date.now() + secondsToKeep(answer.headers) * 1000);
    return answer;
  };
  const checkStillThere: ClientKeys['checkStillThere'] = async (client, assertion, kid) => {
    const address = client.jwksUri;
    if (address === undefined) return;
    const keys = keyStoreOf(client);
    if ((goodUntil.get(new URL(address).href) ?? 0) <= Date.now()) {
      // The library keeps a set for a minute at least, SMART only as long as Cache-Control allows.
      keys.freshUntil = 0;
      await keys.refresh();
    }
    if (await isSignedByOneOf(keys, assertion, kid)) return;
    throw new errors.InvalidClientAuth('the key is no longer in the key set of the client');
  };
  return { fetch: fetchAndNote, checkStillThere };
};

export const keyStoreOf = (client: Client): KeyStore =>
  (client as unknown as { readonly asymmetricKeyStore: KeyStore }).asymmetricKeyStore;

const isSignedByOneOf = async (
  keys: Iterable<JWK>,
  assertion: string,
  kid: string,
): Promise<boolean> => {
  for (const key of keys) {
    if (key.kid !== kid) continue;
    const verified = await importJWK(key, key.alg ?? algorithmOf(assertion))
      .then((usable) => compactVerify(assertion, usable))
      .then(() => true)
      .catch(() => false);
    if (verified) return true;
  }
  return false;
};

const algorithmOf = (assertion: string): string => {
  const [header = ''] = assertion.split('.');
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
    readonly alg: string;
  };
  return alg;
};

const secondsToKeep = (headers: Headers): number => {
  const control = headers.get('cache-control') ?? '';
  if (/no-store|no-cache/.test(control)) return 0;
  return Number(/max-age=(\d+)/.exec(control)?.[1] ?? unsaidSeconds);
};

/** What is kept of a set whose server says nothing about it. */
const unsaidSeconds = 60;

const isPrivate = (address: string, privateHosts: readonly string[]): boolean =>
  URL.canParse(address) && privateHosts.includes(new URL(address).host);

/** Without the library's dispatcher, which refuses addresses of private networks; so it may not be led on to another one. */
const unguarded = (init: RequestInit | undefined): RequestInit => ({
  ...without(init, 'dispatcher'),
  redirect: 'error',
});
