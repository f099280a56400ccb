// Seal keys: what signs, encrypts and is believed lies encrypted in the store, so that a copy of the database opens nothing.

import { scryptSync } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createVault, type Vault } from '../platform/vault.ts';
import type { RecordStore } from './port.ts';

/** Kinds of records that hold private keys. They are asked for by id alone. */
const kinds: ReadonlySet<string> = new Set(['key', 'oauth-keys', 'health-card-keys']);

interface Sealed {
  readonly sealed: string;
}

/**
 * The records, of which those with keys are sealed by the secret. What lay open before is sealed when it is first read. Reading
 * throws when the secret is not the one they were sealed by, and without a secret when they are sealed.
 */
export const sealKeys = (records: RecordStore, secret: string | undefined): RecordStore => {
  const vault = secret === undefined ? undefined : vaultOf(secret);
  const shut = (kind: string, id: string, value: object): object =>
    vault && kinds.has(kind)
      ? ({ sealed: vault.lock(JSON.stringify(value), `${kind}/${id}`) } satisfies Sealed)
      : value;
  const get: RecordStore['get'] = async (kind, id) => {
    const found = await records.get(kind, id);
    if (!kinds.has(kind) || found === undefined) return found;
    if (isSealed(found)) return open(vault, found, `${kind}/${id}`);
    if (vault) await records.replace(kind, id, shut(kind, id, found as object), found as object);
    return found;
  };
  return {
    ...records,
    get,
    put: (kind, id, value, expires) => records.put(kind, id, shut(kind, id, value), expires),
    add: (kind, id, value, expires) => records.add(kind, id, shut(kind, id, value), expires),
    replace: async (kind, id, value, expected) => {
      if (!kinds.has(kind)) return records.replace(kind, id, value, expected);
      // Sealed twice, the same value is two texts: what lies there is opened and compared.
      const lying = await records.get(kind, id);
      if (lying === undefined) return false;
      const current = isSealed(lying) ? open(vault, lying, `${kind}/${id}`) : lying;
      if (!isDeepStrictEqual(current, plain(expected))) return false;
      return records.replace(kind, id, shut(kind, id, value), lying as object);
    },
  };
};

/** Slow on purpose: a secret may be one that people thought of. */
const vaultOf = (secret: string): Vault =>
  createVault(scryptSync(secret, 'meridian keys', 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }));

const isSealed = (found: unknown): found is Sealed =>
  typeof (found as Partial<Sealed>).sealed === 'string';

const open = (vault: Vault | undefined, { sealed }: Sealed, of: string): unknown => {
  if (vault === undefined)
    throw new Error(
      'The keys in the store are sealed. Set KEY_SECRET (or KEY_SECRET_FILE) to the secret they were sealed by.',
    );
  try {
    return JSON.parse(vault.unlock(sealed, of)) as unknown;
  } catch (cause) {
    throw new Error('KEY_SECRET is not the secret by which the keys in the store were sealed.', {
      cause,
    });
  }
};

/** As it comes back from a store. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value)) as unknown;
