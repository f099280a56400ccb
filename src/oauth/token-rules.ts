// Token rules: what is in a token, what stands beside it in the reply, and when there is one to refresh it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#response-5

import type {
  AccessToken,
  ClientCredentials,
  Configuration,
  KoaContextWithOIDC,
} from 'oidc-provider';
import { ownApp } from '../access/own-apps.ts';
import type { RecordStore } from '../store/port.ts';
import { findUser } from './accounts.ts';
import { callerOf, contextOf, replyOf, type CallerInToken } from './grant-context.ts';
import { seconds } from './lifetimes.ts';
import { splitScope } from './scope-rules.ts';
import { without } from './without.ts';

export interface TokenSources {
  readonly records: RecordStore;
  readonly fhirBase: string;
  readonly styleUrl: string;
}

export const tokenRules = (sources: TokenSources): Configuration => ({
  ttl: {
    ...without(seconds, 'OwnAccessToken'),
    AccessToken: (_ctx, _token, { clientId }) =>
      ownApp(clientId) ? seconds.OwnAccessToken : seconds.AccessToken,
    Interaction: (_ctx, { session }) =>
      session?.accountId === undefined ? seconds.AnonymousInteraction : seconds.Interaction,
  },
  extraTokenClaims: (_ctx, token) =>
    token.kind === 'ClientCredentials' ? systemMembers(token) : personMembers(token, sources),
  issueRefreshToken: (_ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') &&
    splitScope(code.scope).some((scope) => lasting.has(scope)),
  rotateRefreshToken: () => true,
  // The library would end the first launch of an app in a session with the second; the rules of `accounts` do it right.
  expiresWithSession: () => false,
});

const lasting: ReadonlySet<string> = new Set(['offline_access', 'online_access']);

/** What `extra` of a token's record holds: `caller` for the guard, the rest for the reply and for introspection. */
type Members = Readonly<Record<string, unknown>> & { readonly caller: CallerInToken };

const systemMembers = ({ client }: ClientCredentials): Members => {
  const { network, organization } = (client ?? {}) as Readonly<Record<string, unknown>>;
  return {
    caller: {
      role: network === true ? 'network' : 'system',
      ...(typeof organization === 'string' ? { organization } : {}),
    },
  };
};

const personMembers = async (
  token: AccessToken,
  { records, ...addresses }: TokenSources,
): Promise<Members> => {
  const [user, context = {}] = await Promise.all([
    findUser(records, token.accountId),
    contextOf(records, token.grantId),
  ]);
  if (!user) throw new Error('a token is made for a user who is not there');
  return { ...replyOf(user, context, addresses), caller: callerOf(user, context) };
};

/** Adds the launch context to a token reply, and the header that HTTP/1.0 caches understand. */
export const completeReply = (ctx: KoaContextWithOIDC): void => {
  ctx.set('Pragma', 'no-cache');
  const { AccessToken } = ctx.oidc.entities;
  if (ctx.status !== 200 || !AccessToken) return;
  ctx.body = { ...(ctx.body as object), ...without(AccessToken.extra, 'caller', 'fhirUser') };
};
