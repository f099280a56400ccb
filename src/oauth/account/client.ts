// The client of the account pages: signing in to them is an ordinary authorization request of our own app.

import { createHash, randomBytes } from 'node:crypto';
import type { RecordStore } from '../../store/port.ts';

export const accountClientId = 'meridian-account';

/** Where to go after sign-in, by the state parameter. */
export const destinations = {
  account: '/account',
  factors: '/account/factors/new',
  permissions: '/permissions',
} as const;

export type Destination = keyof typeof destinations;

/** Written at start; the address may have changed since. */
export const writeAccountClient = (records: RecordStore, publicUrl: string): Promise<void> =>
  records.put('Client', accountClientId, {
    client_id: accountClientId,
    client_name: 'your account',
    redirect_uris: [redirectUri(publicUrl)],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    smart_scope: 'openid',
  });

/**
 * The address that asks to sign in. The code that comes back is never used: what counts is the session that the
 * authorization server now has, so the verifier of its challenge is thrown away.
 */
export const signInUrl = (
  publicUrl: string,
  to: Destination,
  proof: 'any' | 'recent' | 'new',
): string => {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const query = new URLSearchParams({
    client_id: accountClientId,
    redirect_uri: redirectUri(publicUrl),
    response_type: 'code',
    scope: 'openid',
    aud: `${publicUrl}/fhir`,
    state: to,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(proof === 'recent' ? { max_age: String(recentSeconds) } : {}),
    ...(proof === 'new' ? { prompt: 'login' } : {}),
  });
  return `${publicUrl}/oauth/auth?${query.toString()}`;
};

/** How fresh a sign-in must be to change what proves who one is. */
export const recentSeconds = 15 * 60;

const redirectUri = (publicUrl: string): string => `${publicUrl}/oauth/account/back`;
