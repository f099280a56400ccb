// Provider: oidc-provider with the rules of the other files, one line for each concern.
// https://github.com/panva/node-oidc-provider/blob/main/docs/README.md

import type { EventEmitter } from 'node:events';
import { Provider, type Client, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { ownApp } from '../access/own-apps.ts';
import type { RecordStore } from '../store/port.ts';
import { createFindAccount } from './accounts.ts';
import { createAdapters } from './adapter.ts';
import {
  askConsentForOffline,
  extraParameters,
  interactionSteps,
  rememberedGrant,
} from './authorize-rules.ts';
import { createClientKeys } from './client-keys.ts';
import { clientRules, compareHashedSecrets } from './client-rules.ts';
import { reportEvents, type Report } from './events.ts';
import { endOwnApps } from './end-access.ts';
import { followKeys } from './follow-keys.ts';
import { contextOf } from './grant-context.ts';
import { completeIntrospection, mayIntrospect } from './introspection.ts';
import type { Keys } from './keys.ts';
import { errorPage, signedOutPage, signOutPage } from './message-pages.ts';
import { layout, type Page } from './pages/layout.ts';
import { pageHeaders } from './pages/send-page.ts';
import {
  completeRegistration,
  giveBackInitialAccessToken,
  registrationFeatures,
} from './registration.ts';
import { resourceScopes } from './resource-scopes.ts';
import { contextScopes, type ScopeRules } from './scope-rules.ts';
import { completeReply, tokenRules } from './token-rules.ts';
import type { Workplaces } from './workplaces.ts';

export interface ProviderSources {
  readonly issuer: string;
  readonly fhirBase: string;
  readonly records: RecordStore;
  readonly workplaces: Workplaces;
  readonly keys: Keys;
  readonly rules: ScopeRules;
  readonly report: Report;
  readonly noteFault: (error: unknown) => string;
  /** Hosts (`10.0.0.5:8443`) of a private network whose key sets may be fetched. */
  readonly privateHosts: readonly string[];
}

export const createProvider = (sources: ProviderSources): Provider => {
  const { issuer, report, noteFault } = sources;
  const provider: Provider = new Provider(
    issuer,
    configure(sources, () => provider),
  );
  // What the request says of its host is pinned before it comes here.
  provider.proxy = true;
  compareHashedSecrets(provider);
  provider.on('server_error', (_ctx, error) => noteFault(error));
  (provider as EventEmitter).on('error', noteFault);
  const reported = reportEvents(provider, report);
  const takeNewKeys = followKeys(provider, sources.records, sources.keys);
  provider.use(async (ctx, next) => {
    await takeNewKeys();
    if (ctx.path === '/auth')
      ctx.query = { ...askConsentForOffline(ctx.query) } as typeof ctx.query;
    // The library adds the hash of its own small script, which sends a form on, to a policy that is there.
    for (const [name, value] of pageHeaders())
      if (name === 'Content-Security-Policy') ctx.set(name, value);
    await next();
    await reported(ctx);
    const { oidc } = ctx as Partial<KoaContextWithOIDC>;
    if (oidc?.route === 'end_session_confirm') await endWithSession(oidc, sources.records);
    if (oidc) await complete[oidc.route]?.(ctx as KoaContextWithOIDC, report);
  });
  return provider;
};

/** Who stays signed in has a session still, with no more of this app. */
const endWithSession = async (
  { session }: KoaContextWithOIDC['oidc'],
  records: RecordStore,
): Promise<void> => {
  // The types of the library do not know what its sessions tell.
  const ended = session as { readonly uid: string; readonly destroyed?: boolean } | undefined;
  if (ended?.destroyed) await endOwnApps(records, ended.uid);
};

/** What is added to the library's answers, by the name of the route. */
const complete: Readonly<
  Record<string, (ctx: KoaContextWithOIDC, report: Report) => Promise<void> | void>
> = {
  discovery: (ctx) => {
    ctx.body = { ...(ctx.body as object), response_modes_supported: ['query', 'fragment'] };
  },
  token: completeReply,
  introspection: completeIntrospection,
  registration: async (ctx) => {
    await giveBackInitialAccessToken(ctx);
    completeRegistration(ctx);
  },
  client: completeRegistration,
  client_update: completeRegistration,
};

const configure = (sources: ProviderSources, provider: () => Provider): Configuration => {
  const { fhirBase, issuer, records, keys, workplaces } = sources;
  const styleUrl = `${issuer}/smart-style.json`;
  return {
    ...clientRules(createClientKeys(sources.privateHosts)),
    ...tokenRules({ records, fhirBase, styleUrl }),
    adapter: createAdapters(records),
    jwks: { keys: keys.signing },
    cookies: {
      keys: keys.cookies,
      long: { signed: true, sameSite: 'lax', httpOnly: true },
      short: { signed: true, sameSite: 'lax', httpOnly: true },
    },
    scopes: [...contextScopes],
    claims: { openid: ['sub'], fhirUser: ['fhirUser'], profile: ['name'] },
    conformIdTokenClaims: false,
    extraParams: extraParameters(fhirBase, records),
    findAccount: createFindAccount({
      ...{ records, fhirBase, provider, workplaces },
      contextOf: (grantId) => contextOf(records, grantId),
    }),
    interactions: {
      policy: interactionSteps(records, workplaces),
      url: (_ctx, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}`,
    },
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId ?? rememberedGrant(ctx);
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    renderError: (ctx, out) => {
      sendPage(ctx, errorPage(out.error, out.error_description));
    },
    features: features(sources),
  };
};

interface Introspected {
  readonly clientId?: string | undefined;
}

const features = ({ fhirBase, rules }: ProviderSources) => ({
  ...registrationFeatures,
  clientCredentials: { enabled: true },
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  introspection: {
    enabled: true,
    allowedPolicy: (_ctx: KoaContextWithOIDC, client: Client, token: Introspected) =>
      mayIntrospect(client, token),
  },
  pushedAuthorizationRequests: { enabled: false },
  resourceIndicators: resourceScopes(fhirBase, rules),
  revocation: {
    enabled: true,
    allowedPolicy: (_ctx: KoaContextWithOIDC, client: Client, token: Introspected) =>
      token.clientId === client.clientId,
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx: KoaContextWithOIDC, form: string) => {
      sendPage(ctx, signOutPage(form, wishOf(ctx)), ctx.oidc.params?.['post_logout_redirect_uri']);
    },
    postLogoutSuccessSource: (ctx: KoaContextWithOIDC) => {
      sendPage(ctx, signedOutPage);
    },
  },
  userinfo: { enabled: false },
});

/** Only our own apps have the id_token of this very person: a link of another site cannot sign anybody out. */
const wishOf = ({ oidc }: KoaContextWithOIDC): 'open' | 'settled' => {
  const { Client: client, IdTokenHint: hint } = oidc.entities;
  const isOfPerson = hint !== undefined && hint.payload.sub === oidc.session?.accountId;
  return isOfPerson && ownApp(client?.clientId ?? '') ? 'settled' : 'open';
};

const sendPage = (ctx: KoaContextWithOIDC, page: Page, leadsTo?: unknown): void => {
  const headers = pageHeaders(typeof leadsTo === 'string' ? leadsTo : undefined);
  for (const [name, value] of headers) ctx.set(name, value);
  ctx.body = layout(page);
};
