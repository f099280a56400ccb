// Client rules: how clients prove who they are, what they may register, and from which origins their pages may ask.
// https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html

import { errors, type Client, type Configuration, type Provider } from 'oidc-provider';
import { checkMetadata, ownMetadata } from './client-metadata.ts';
import { isHashedSecret, secretMatches } from './client-secret.ts';
import { keyStoreOf, type ClientKeys } from './client-keys.ts';

export const clientRules = (keys: ClientKeys): Configuration => ({
  clientDefaults: {
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'RS256',
    response_modes: ['query', 'fragment'],
  },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
  allowOmittingSingleRegisteredRedirectUri: false,
  pkce: { required: () => true },
  responseTypes: ['code'],
  subjectTypes: ['public'],
  enabledJWA: {
    clientAuthSigningAlgValues: ['RS384', 'ES384'],
    idTokenSigningAlgValues: ['RS256'],
  },
  extraClientMetadata: { properties: [...ownMetadata], validator: checkMetadata },
  clientBasedCORS: (_ctx, origin, client) => originsOf(client).includes(origin),
  assertJwtClientAuthClaimsAndHeader: async (ctx, claims, header, client) => {
    checkAssertion(claims, header, client);
    const assertion = ctx.oidc.params?.['client_assertion'] as string;
    await keys.checkStillThere(client, assertion, header['kid'] as string);
  },
  fetch: keys.fetch,
});

/** Secrets are kept as hashes, so the library's comparison is replaced. An undocumented member: its version is pinned. */
export const compareHashedSecrets = (provider: Provider): void => {
  const prototype = provider.Client.prototype as unknown as {
    compareClientSecret: (this: Client, actual: string) => Promise<boolean>;
  };
  prototype.compareClientSecret = async function compare(actual) {
    const kept = this.clientSecret ?? '';
    return isHashedSecret(kept) && (await secretMatches(actual, kept));
  };
};

/** A page of the app is served from where it is redirected to; the schemes of native apps have no origin. */
const originsOf = (client: Client): readonly string[] =>
  (client.redirectUris ?? [])
    .map((uri) => new URL(uri).origin)
    .filter((origin) => origin !== 'null');

/** The rules of SMART that the library lacks. */
const checkAssertion = (
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
  client: Client,
): void => {
  const fail = (reason: string): never => {
    throw new errors.InvalidClientAuth(reason);
  };
  const { kid, jku } = header;
  if (typeof kid !== 'string') return fail('the assertion must name its key by kid');
  const { exp } = claims;
  if (typeof exp !== 'number' || exp > Date.now() / 1000 + longestAssertion)
    return fail('exp of the assertion must be no more than five minutes ahead');
  const named = [...keyStoreOf(client)].filter((key) => key.kid === kid);
  if (named.length > 1) return fail('the kid of the assertion is that of several keys');
  if (jku !== undefined && jku !== client.jwksUri)
    return fail('jku of the assertion is not the registered jwks_uri');
  return undefined;
};

/** Five minutes, and clocks that differ a little. */
const longestAssertion = 300 + 15;
