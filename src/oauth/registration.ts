// Registration: a client registers itself once with a token an administrator gave, and manages its record with one of its own.
// https://www.rfc-editor.org/rfc/rfc7591  https://www.rfc-editor.org/rfc/rfc7592

import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { newId } from '../platform/ids.ts';
import { newSecret } from './client-secret.ts';

export const registrationFeatures = {
  registration: {
    enabled: true,
    initialAccessToken: true,
    idFactory: () => newId(),
    secretFactory: () => newSecret(),
  },
  registrationManagement: { enabled: true, rotateRegistrationAccessToken: false },
};

/** The token for one registration: a day, and once. */
export const issueInitialAccessToken = (provider: Provider): Promise<string> =>
  new provider.InitialAccessToken({ expiresIn: 86_400 }).save();

/** The store gave the token up when it was looked for: one that registered nothing is good again. */
export const giveBackInitialAccessToken = async (ctx: KoaContextWithOIDC): Promise<void> => {
  if (ctx.status !== 201) await ctx.oidc.entities.InitialAccessToken?.save();
};

/** Shows SMART's scopes under the name they were sent by, and a secret only on the day it was made. */
export const completeRegistration = (ctx: KoaContextWithOIDC): void => {
  if (typeof ctx.body !== 'object' || ctx.body === null) return;
  const { smart_scope, client_secret, ...members } = ctx.body as Readonly<Record<string, unknown>>;
  if (typeof members['client_id'] !== 'string') return;
  const isNew = ctx.oidc.route === 'registration';
  ctx.body = {
    ...members,
    ...(smart_scope === undefined ? {} : { scope: smart_scope }),
    ...(isNew && client_secret !== undefined ? { client_secret } : {}),
  };
};
