// Discover: the addresses of an identity provider, as it publishes them, and its keys.
// https://openid.net/specs/openid-connect-discovery-1_0.html

import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

export interface Discovered {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Fetched again when a token names a key that is not known. */
  readonly keys: JWTVerifyGetKey;
}

/** Rejects when the provider cannot be reached or says something that cannot be. */
export type Discover = (issuer: string) => Promise<Discovered>;

const keepMilliseconds = 600_000;

export const createDiscover = (now: () => number): Discover => {
  const known = new Map<string, { readonly at: number; readonly found: Discovered }>();
  return async (issuer) => {
    const kept = known.get(issuer);
    if (kept !== undefined && now() - kept.at < keepMilliseconds) return kept.found;
    const found = await fetchMetadata(issuer);
    known.set(issuer, { at: now(), found });
    return found;
  };
};

const fetchMetadata = async (issuer: string): Promise<Discovered> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(5000), redirect: 'error' });
  if (!answer.ok) throw new Error(`${address} answered ${String(answer.status)}`);
  const metadata = (await answer.json()) as Readonly<Record<string, unknown>>;
  if (metadata['issuer'] !== issuer)
    throw new Error(`${address} is of another issuer than '${issuer}'`);
  return {
    authorizationUrl: readUrl(metadata, 'authorization_endpoint', issuer),
    tokenUrl: readUrl(metadata, 'token_endpoint', issuer),
    keys: createRemoteJWKSet(new URL(readUrl(metadata, 'jwks_uri', issuer)), {
      timeoutDuration: 5000,
    }),
  };
};

/** An https issuer leads to https addresses only. */
const readUrl = (
  metadata: Readonly<Record<string, unknown>>,
  name: string,
  issuer: string,
): string => {
  const value = metadata[name];
  const isSafe =
    typeof value === 'string' &&
    URL.canParse(value) &&
    (value.startsWith('https:') || issuer.startsWith('http:'));
  if (!isSafe) throw new Error(`the metadata of '${issuer}' have no usable ${name}`);
  return value;
};
