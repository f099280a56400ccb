// Key seal: how a record with keys lies in the store when there is a secret to seal it by.

import { scryptSync } from 'node:crypto';
import { createVault } from '../platform/vault.ts';

export interface Sealed {
  readonly sealed: string;
}

export interface KeySeal {
  /** `of` names the record: what is sealed opens in its own place alone. */
  shut(value: object, of: string): Sealed;
  /** undefined when it was sealed by another secret, or for another record. */
  open(sealed: Sealed, of: string): object | undefined;
}

/** Slow on purpose: a secret may be one that people thought of. */
export const createKeySeal = (secret: string): KeySeal => {
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 };
  const vault = createVault(scryptSync(secret, 'meridian keys', 32, cost));
  return {
    shut: (value, of) => ({ sealed: vault.lock(JSON.stringify(value), of) }),
    open: ({ sealed }, of) => {
      try {
        return JSON.parse(vault.unlock(sealed, of)) as object;
      } catch {
        return undefined;
      }
    },
  };
};

export const isSealed = (found: unknown): found is Sealed =>
  typeof (found as Partial<Sealed>).sealed === 'string';
