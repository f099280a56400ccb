// Revoke: the tokens of a tab are void at the server from now on, the refresh token with the access token.
// https://datatracker.ietf.org/doc/html/rfc7009

import type Client from 'fhirclient/lib/Client';

/** Where there is no network the access token ends by itself within minutes. */
export const revoke = async (clientId: string, { state }: Client): Promise<void> => {
  const { access_token: token } = state.tokenResponse ?? {};
  if (token === undefined) return;
  await fetch(new URL('/oauth/token/revocation', state.serverUrl), {
    ...{ method: 'POST', keepalive: true },
    body: new URLSearchParams({ token, client_id: clientId }),
  }).catch(() => undefined);
};
