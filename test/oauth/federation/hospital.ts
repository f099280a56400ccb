// A hospital's own sign-in for tests: a second oidc-provider on another port, which signs in whom the test names.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export interface Hospital {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who sits at the keyboard. */
  person: Person;
  close(): Promise<void>;
}

export interface Person {
  readonly sub: string;
  readonly amr?: readonly string[];
  /** Further claims of the id_token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Does not want to. */
  readonly refuses?: true;
}

const clientId = 'meridian';
const clientSecret = 'a-secret-of-sufficient-length-for-tests';

export const startHospital = async (callback: string): Promise<Hospital> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'hospital-1', use: 'sig', alg: 'RS256' };
  const hospital: Hospital = {
    ...{ issuer, clientId, clientSecret, person: { sub: 'nobody' } },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clientDefaults: { token_endpoint_auth_method: 'client_secret_post' },
    jwks: { keys: [key] },
    claims: { openid: ['sub', 'amr'], profile: ['name', 'employee', 'groups', 'email'] },
    conformIdTokenClaims: false,
    // What works with one that demands it works with others, too.
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...hospital.person.claims, amr: hospital.person.amr as string[] }),
    }),
    cookies: { keys: ['test'] },
    ttl: { Session: 60, Grant: 60, IdToken: 60, AccessToken: 60, Interaction: 60 },
  });
  const answer = provider.callback();
  server.on('request', (req, res) => {
    if (req.url?.startsWith('/interaction/')) void interact(provider, hospital, { req, res });
    else void answer(req, res);
  });
  return hospital;
};

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

const interact = async (
  provider: Provider,
  { person }: Hospital,
  { req, res }: Exchange,
): Promise<void> => {
  const { prompt, params, session } = await provider.interactionDetails(req, res);
  if (person.refuses) {
    await provider.interactionFinished(req, res, { error: 'access_denied' });
  } else if (prompt.name === 'login') {
    const login = { accountId: person.sub, amr: [...(person.amr ?? ['pwd'])] };
    await provider.interactionFinished(req, res, { login });
  } else {
    const grant = new provider.Grant({
      ...{ accountId: session!.accountId, clientId: String(params['client_id']) },
    });
    grant.addOIDCScope(String(params['scope']));
    const grantId = await grant.save();
    await provider.interactionFinished(req, res, { consent: { grantId } });
  }
};
