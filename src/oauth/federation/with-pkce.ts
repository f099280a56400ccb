// With PKCE: the proof that some hospitals' sign-in demands and passport-openidconnect lacks, at the two places it leaves open.
// https://datatracker.ietf.org/doc/html/rfc7636

import { hash, randomBytes } from 'node:crypto';
import type OpenIDConnectStrategy from 'passport-openidconnect';

type Strategy = InstanceType<typeof OpenIDConnectStrategy>;

/** Made for a request that goes out; for its answer it is the one that was kept with the state. */
export interface Proof {
  verifier: string;
}

export const newProof = (): Proof => ({ verifier: randomBytes(32).toString('base64url') });

/** Servers that know nothing of it ignore what they do not know. */
export const withPkce = (strategy: Strategy, proof: Proof): Strategy => {
  strategy.authorizationParams = () => ({
    code_challenge: hash('sha256', proof.verifier, 'base64url'),
    code_challenge_method: 'S256',
  });
  const client = strategy._oauth2;
  const redeem = client.getOAuthAccessToken.bind(client);
  client.getOAuthAccessToken = (code, parameters, done) => {
    redeem(code, { ...parameters, code_verifier: proof.verifier }, done);
  };
  return strategy;
};
