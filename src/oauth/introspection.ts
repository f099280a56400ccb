// Introspection: what a token is worth, told to the app it belongs to and to resource servers, who prove themselves as clients
// or by a token of their own.
// https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html

import type { RequestHandler } from 'express';
import type { Client, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { OauthEvent, Report } from './events.ts';
import { without } from './without.ts';

type Token = Readonly<Record<string, unknown>> & {
  readonly clientId?: string;
  readonly grantId?: string;
  readonly isExpired: boolean;
};

/** An app sees its own tokens; a client registered as a resource server sees all. */
export const mayIntrospect = (
  client: Client,
  token: { readonly clientId?: string | undefined },
): boolean => token.clientId === client.clientId || client['resource_server'] === true;

/** Tells the audit of what the library answers, and leaves `caller` out of it, which is for our own guard. */
export const completeIntrospection = async (
  ctx: KoaContextWithOIDC,
  report: Report,
): Promise<void> => {
  if (typeof ctx.body !== 'object' || ctx.body === null) return;
  const client = ctx.oidc.entities.Client?.clientId;
  if (ctx.status === 200) await report(eventOf(ctx.body, client, ctx.ip));
  ctx.body = without(ctx.body, 'caller');
};

/** Who has asked, and about whose token. Of a token that is not shown nothing is known. */
const eventOf = (
  answer: object,
  client: string | undefined,
  address: string | undefined,
): OauthEvent => {
  const { active, sub, client_id, patient } = answer as Readonly<Record<string, unknown>>;
  const owner = typeof sub === 'string' ? `user/${sub}` : `client/${String(client_id)}`;
  return {
    ...{ kind: 'introspection', ...addressOf(address) },
    ...(client === undefined ? {} : { client }),
    ...(typeof patient === 'string' ? { patient } : {}),
    ...(active === true ? { about: owner } : { detail: 'not active, or not for this client' }),
  };
};

/** "SHOULD … also be authorized by a SMART access token": what the library does not do. Everything else goes on to it. */
export const introspectByBearer =
  (provider: Provider, report: Report): RequestHandler =>
  async (req, res, next) => {
    const [, bearer] = /^Bearer ([\w~+/.=-]+)$/i.exec(req.headers.authorization ?? '') ?? [];
    if (bearer === undefined) {
      next();
      return;
    }
    res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const own = await findLive(provider, bearer);
    const client =
      own?.clientId === undefined ? undefined : await provider.Client.find(own.clientId);
    if (!own || !client) {
      await report({ kind: 'introspection-refused', error: 'invalid_token', ...addressOf(req.ip) });
      res.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      res.status(401).json({ error: 'invalid_token', error_description: 'invalid token provided' });
      return;
    }
    const asked = (req.body as { readonly token?: unknown } | undefined)?.token;
    if (typeof asked !== 'string' || asked === '') {
      const error_description = "missing required parameter 'token'";
      res.status(400).json({ error: 'invalid_request', error_description });
      return;
    }
    const found = await findLive(provider, asked);
    const isShown = found !== undefined && mayIntrospect(client, found);
    const answer = isShown ? describe(found, provider.issuer) : { active: false };
    await report(eventOf(answer, client.clientId, req.ip));
    res.json(answer);
  };

const addressOf = (address: string | undefined) => (address === undefined ? {} : { address });

const findLive = async (provider: Provider, value: string): Promise<Token | undefined> => {
  const found = await Promise.all([
    provider.AccessToken.find(value),
    provider.ClientCredentials.find(value),
    provider.RefreshToken.find(value),
  ]);
  const token = found.find((each) => each?.isValid) as unknown as
    (Token & { readonly consumed?: unknown }) | undefined;
  if (token === undefined || token.consumed !== undefined) return undefined;
  if (token.grantId === undefined) return token;
  return (await provider.Grant.find(token.grantId)) === undefined ? undefined : token;
};

const describe = (token: Token, iss: string): object => {
  const { extra, clientId, accountId, exp, iat, scope, aud } = token;
  return {
    ...without(extra, 'caller'),
    ...{ active: true, client_id: clientId, exp, iat, iss, scope, aud, token_type: 'Bearer' },
    ...(accountId === undefined ? {} : { sub: accountId }),
  };
};
