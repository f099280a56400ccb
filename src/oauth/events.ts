// Events: what the authorization server did, told to the audit as it happens.

import type { EventEmitter } from 'node:events';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

export type OauthEventKind =
  | 'authorization'
  | 'authorization-refused'
  | 'token'
  | 'token-refused'
  | 'refresh'
  | 'revocation'
  | 'introspection'
  | 'introspection-refused'
  | 'registration'
  | 'registration-changed'
  | 'registration-removed'
  | 'registration-refused'
  | 'patient-search'
  | 'sign-out';

export interface OauthEvent {
  readonly kind: OauthEventKind;
  readonly client?: string;
  /** The user's id. */
  readonly user?: string;
  readonly grant?: string;
  /** Logical id of the patient in context. */
  readonly patient?: string;
  readonly scope?: string;
  /** OAuth's error code of a refusal. */
  readonly error?: string;
  /** Network address of who asked. */
  readonly address?: string;
  /** What was looked at: `user/1`, `client/abc`. */
  readonly about?: string;
  /** In words. */
  readonly detail?: string;
}

/** Resolves when it is kept: no answer leaves before. Rejects when it cannot be kept. */
export type Report = (event: OauthEvent) => Promise<void>;

/** Which event of the library is which of ours. */
const kinds: Readonly<Record<string, OauthEventKind>> = {
  'authorization.success': 'authorization',
  'authorization.error': 'authorization-refused',
  'grant.error': 'token-refused',
  'grant.revoked': 'revocation',
  'introspection.error': 'introspection-refused',
  'registration_create.success': 'registration',
  'registration_create.error': 'registration-refused',
  'registration_update.success': 'registration-changed',
  'registration_delete.success': 'registration-removed',
  'end_session.success': 'sign-out',
};

/** Hears the library's events; gives a function that waits until those of a request are kept. */
export const reportEvents = (
  provider: Provider,
  report: Report,
): ((ctx: object) => Promise<void>) => {
  const pending = new WeakMap<object, Promise<void>[]>();
  const tell = (ctx: KoaContextWithOIDC, event: OauthEvent): void => {
    const kept = report(event);
    // Whoever waits hears of a failure; where nobody does, it must not end the process.
    kept.catch(() => undefined);
    pending.set(ctx, [...(pending.get(ctx) ?? []), kept]);
  };
  for (const [name, kind] of Object.entries(kinds))
    (provider as EventEmitter).on(name, (ctx: KoaContextWithOIDC, detail: unknown) => {
      tell(ctx, { kind, ...describe(ctx), ...errorOf(detail) });
    });
  provider.on('grant.success', (ctx) => {
    const isRefresh = ctx.oidc.params?.['grant_type'] === 'refresh_token';
    tell(ctx, { kind: isRefresh ? 'refresh' : 'token', ...describe(ctx) });
  });
  return async (ctx) => {
    await Promise.all(pending.get(ctx) ?? []);
  };
};

const describe = (ctx: KoaContextWithOIDC): Omit<OauthEvent, 'kind'> => {
  const { Client, AccessToken, ClientCredentials, Grant, Session } = ctx.oidc.entities;
  const token = AccessToken ?? ClientCredentials;
  const user = Grant?.accountId ?? AccessToken?.accountId ?? Session?.accountId;
  const extra = token?.extra as { readonly patient?: string } | undefined;
  return withoutUndefined({
    client: Client?.clientId,
    user,
    grant: Grant?.jti,
    patient: extra?.patient,
    scope: token?.scope,
    address: ctx.ip,
  });
};

const errorOf = (detail: unknown): Partial<OauthEvent> => {
  const error = detail instanceof Error && 'error' in detail ? detail.error : undefined;
  return typeof error === 'string' ? { error } : {};
};

const withoutUndefined = (members: {
  readonly [name in keyof OauthEvent]?: string | undefined;
}): Omit<OauthEvent, 'kind'> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
