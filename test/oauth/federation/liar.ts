// An identity provider that answers with whatever id_token a test makes.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

export interface Liar {
  readonly issuer: string;
  /** Makes the next id_token from what an honest one would say. */
  make: (honest: JWTPayload, sign: Sign) => Promise<string>;
  close(): Promise<void>;
}

export type Sign = (claims: JWTPayload, key?: CryptoKey) => Promise<string>;

export const startLiar = async (clientId: string): Promise<Liar> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign: Sign = (claims, key = privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
  let nonce = '';
  const liar: Liar = {
    issuer,
    make: (honest, signed) => signed(honest),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const honest = (): JWTPayload => {
    const iat = Math.floor(Date.now() / 1000);
    return { iss: issuer, sub: 'u1', aud: clientId, iat, exp: iat + 60, nonce, employee: 'E-1' };
  };
  const answers: Readonly<Record<string, (url: URL) => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      jwks_uri: `${issuer}/jwks`,
    }),
    '/jwks': () => ({ keys }),
    '/token': async () => ({
      ...{ access_token: 'x', token_type: 'Bearer', id_token: await liar.make(honest(), sign) },
    }),
  };
  server.on('request', (req, res) => {
    const url = new URL(req.url ?? '/', issuer);
    if (url.pathname === '/auth') {
      nonce = url.searchParams.get('nonce') ?? '';
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'c1');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      res.writeHead(303, { location: back.href }).end();
      return;
    }
    void Promise.resolve(answers[url.pathname]?.(url)).then((body) => {
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
  });
  return liar;
};
