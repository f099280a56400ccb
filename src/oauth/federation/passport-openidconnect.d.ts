// The part of passport-openidconnect that is used here; the package brings no types.

/* eslint max-params: off -- it is the library that calls with five */

declare module 'passport-openidconnect' {
  import type { Strategy as PassportStrategy } from 'passport';

  type Done<T extends readonly unknown[]> = (error: unknown, ...its: Partial<T>) => void;

  interface Options {
    readonly issuer: string;
    readonly authorizationURL: string;
    readonly tokenURL: string;
    readonly clientID: string;
    readonly clientSecret: string;
    readonly callbackURL: string;
    readonly scope: readonly string[];
    readonly nonce: true;
    readonly store: {
      store(req: unknown, ctx: object, state: unknown, meta: object, done: Done<[string]>): void;
      verify(req: unknown, handle: unknown, done: Done<[object | false, unknown]>): void;
    };
  }

  /** Its number of parameters tells the library what to pass. */
  type Verify = (
    issuer: string,
    profile: object,
    context: object,
    idToken: string,
    done: Done<[object | false, object]>,
  ) => void;

  type Parameters = Readonly<Record<string, string>>;

  interface OpenIDConnect extends PassportStrategy {
    /** Further parameters of the authorization request: for subclasses to override. */
    authorizationParams: () => Parameters;
    /** For subclasses: the client of the package `oauth`. */
    readonly _oauth2: {
      getOAuthAccessToken: (
        code: string,
        parameters: Parameters,
        done: (...answer: readonly unknown[]) => void,
      ) => void;
    };
  }

  const OpenIDConnectStrategy: new (options: Options, verify: Verify) => OpenIDConnect;
  export = OpenIDConnectStrategy;
}
