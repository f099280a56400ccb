// The one part of oidc-provider's inside that is called here: it has no other way to take new keys. Its version is pinned.

/* eslint no-restricted-exports: off -- it is the library that exports it so */

declare module 'oidc-provider/lib/helpers/initialize_keystore.js' {
  import type { JWKS, Provider } from 'oidc-provider';

  /** Puts the keys in the place of those the provider signs with, and of those it publishes. */
  export default function initialize(this: Provider, jwks: JWKS): void;
}
