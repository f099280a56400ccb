// Authenticate: sends the browser to the hospital's sign-in and reads what comes back, by passport-openidconnect.
// https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth

/* eslint max-params: ['error', 5] -- the library calls with five, and looks at how many are taken */

import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { jwtVerify, type JWTPayload } from 'jose';
import { Passport } from 'passport';
import OpenIDConnectStrategy from 'passport-openidconnect';
import type { RecordStore } from '../../store/port.ts';
import { recordId } from '../record-id.ts';
import type { Discover, Discovered } from './discover.ts';
import type { IdentityProvider, IdentityProviders } from './identity-providers.ts';
import { newProof, withPkce, type Proof } from './with-pkce.ts';

export interface Authentication {
  /** Redirects to the provider. Rejects when it cannot be reached. */
  begin(req: Request, res: Response, asked: Asked): Promise<void>;
  /** What a verified id_token says, and for which interaction; undefined when anything about it is not right. */
  finish(req: Request, res: Response, provider: IdentityProvider): Promise<Vouched | undefined>;
}

export interface Asked {
  readonly provider: IdentityProvider;
  readonly uid: string;
  /** The hospital shall ask the person, too, and not answer by a session it still has. */
  readonly isAnew: boolean;
}

export interface Vouched {
  readonly claims: JWTPayload & { readonly iss: string; readonly sub: string };
  readonly uid: string;
}

export interface AuthenticationOptions {
  readonly records: RecordStore;
  readonly now: () => number;
  readonly publicUrl: string;
  readonly discover: Discover;
  readonly identityProviders: IdentityProviders;
}

/** No 'none', and nothing that is checked with a shared secret. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];

const stateSeconds = 900;

export const createAuthentication = (options: AuthenticationOptions): Authentication => ({
  begin: async (req, res, { provider, uid, isAnew }) => {
    const discovered = await options.discover(provider.issuer);
    const passport = new Passport();
    passport.use('hospital', strategyOf(provider, discovered, options));
    await new Promise<void>((resolve, reject) => {
      res.once('finish', resolve);
      const authenticate = passport.authenticate('hospital', {
        session: false,
        state: { uid },
        ...(isAnew ? { prompt: 'login' } : {}),
      } as object) as Middleware;
      authenticate(req, res, reject);
    });
  },
  finish: async (req, res, provider) => {
    const discovered = await options.discover(provider.issuer);
    const passport = new Passport();
    passport.use('hospital', strategyOf(provider, discovered, options));
    return new Promise((resolve, reject) => {
      const answer = (error: unknown, claims: unknown, about: unknown): void => {
        const uid = (about as { readonly state?: { readonly uid?: string } } | undefined)?.state
          ?.uid;
        if (error instanceof Error) reject(error);
        // What `verify` below gave.
        else if (claims && uid !== undefined) resolve({ claims: claims as Vouched['claims'], uid });
        else resolve(undefined);
      };
      const authenticate = passport.authenticate(
        'hospital',
        { session: false },
        answer,
      ) as Middleware;
      authenticate(req, res, reject);
    });
  },
});

type Middleware = (req: Request, res: Response, next: (error: unknown) => void) => void;

export const callbackOf = (publicUrl: string, { id }: Pick<IdentityProvider, 'id'>): string =>
  `${publicUrl}/oauth/federated/${id}/callback`;

const strategyOf = (
  provider: IdentityProvider,
  { authorizationUrl, tokenUrl, keys }: Discovered,
  options: AuthenticationOptions,
): InstanceType<typeof OpenIDConnectStrategy> => {
  const proof = newProof();
  const strategy = new OpenIDConnectStrategy(
    {
      issuer: provider.issuer,
      authorizationURL: authorizationUrl,
      tokenURL: tokenUrl,
      clientID: provider.clientId,
      clientSecret: options.identityProviders.secretOf(provider),
      callbackURL: callbackOf(options.publicUrl, provider),
      scope: ['profile'],
      nonce: true,
      store: stateStore(provider, proof, options),
    },
    // The library compares issuer, audience, expiry and nonce, but looks at no signature.
    (_issuer, _profile, _context, idToken, done) => {
      const { issuer, clientId: audience } = provider;
      const rules = {
        issuer,
        audience,
        algorithms,
        clockTolerance: 30,
        requiredClaims: ['sub', 'nonce'],
      };
      jwtVerify(idToken, keys, rules).then(
        ({ payload }) => {
          done(null, payload, {});
        },
        (error: unknown) => {
          done(error);
        },
      );
    },
  );
  return withPkce(strategy, proof);
};

interface State {
  readonly ctx: object;
  readonly appState: unknown;
  readonly provider: string;
  readonly verifier: string;
}

/** Instead of a session: what was asked is kept under the hash of the state parameter, and answered once. */
const stateStore = (
  provider: IdentityProvider,
  proof: Proof,
  { records, now }: AuthenticationOptions,
) => ({
  store: (
    _req: unknown,
    ctx: object,
    appState: unknown,
    _meta: object,
    done: (error: unknown, handle?: string) => void,
  ): void => {
    const handle = randomBytes(24).toString('base64url');
    const kept: State = { ctx, appState, provider: provider.id, verifier: proof.verifier };
    records
      .put('federation-state', recordId(handle), kept, new Date(now() + stateSeconds * 1000))
      .then(() => {
        done(null, handle);
      }, done);
  },
  verify: (
    _req: unknown,
    handle: unknown,
    done: (error: unknown, ctx?: object | false, state?: unknown) => void,
  ): void => {
    // Only `store` writes this kind.
    (records.take('federation-state', recordId(String(handle))) as Promise<State | undefined>).then(
      (kept) => {
        if (kept?.provider === provider.id) {
          proof.verifier = kept.verifier;
          done(null, kept.ctx, kept.appState);
        } else done(null, false, { message: 'unknown state' });
      },
      done,
    );
  },
});
