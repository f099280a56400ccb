// Seal keys: what signs, encrypts and is believed lies encrypted in the store, so that a copy of the database opens nothing.

import { isDeepStrictEqual } from 'node:util';
import { createKeySeal, isSealed, type KeySeal, type Sealed } from './key-seal.ts';
import type { RecordStore } from './port.ts';

/** Kinds of records that hold private keys. They are asked for by id alone. */
export const keyKinds: ReadonlySet<string> = new Set(['key', 'oauth-keys', 'health-card-keys']);

/**
 * The records, of which those with keys are sealed by the secret. What lay open before is sealed when it is first read. Reading
 * throws when the secret is not the one they were sealed by, and without a secret when they are sealed.
 */
export const sealKeys = (records: RecordStore, secret: string | undefined): RecordStore => {
  const seal = secret === undefined ? undefined : createKeySeal(secret);
  const shut = (kind: string, id: string, value: object): object =>
    seal && keyKinds.has(kind) ? seal.shut(value, `${kind}/${id}`) : value;
  const get: RecordStore['get'] = async (kind, id) => {
    const found = await records.get(kind, id);
    if (!keyKinds.has(kind) || found === undefined) return found;
    if (isSealed(found)) return open(seal, found, `${kind}/${id}`);
    if (seal) await records.replace(kind, id, shut(kind, id, found as object), found as object);
    return found;
  };
  return {
    ...records,
    get,
    put: (kind, id, value, expires) => records.put(kind, id, shut(kind, id, value), expires),
    add: (kind, id, value, expires) => records.add(kind, id, shut(kind, id, value), expires),
    replace: async (kind, id, value, expected) => {
      if (!keyKinds.has(kind)) return records.replace(kind, id, value, expected);
      // Sealed twice, the same value is two texts: what lies there is opened and compared.
      const lying = await records.get(kind, id);
      if (lying === undefined) return false;
      const current = isSealed(lying) ? open(seal, lying, `${kind}/${id}`) : lying;
      if (!isDeepStrictEqual(current, plain(expected))) return false;
      return records.replace(kind, id, shut(kind, id, value), lying as object);
    },
  };
};

const open = (seal: KeySeal | undefined, sealed: Sealed, of: string): unknown => {
  if (seal === undefined)
    throw new Error(
      'The keys in the store are sealed. Set KEY_SECRET (or KEY_SECRET_FILE) to the secret they were sealed by.',
    );
  const opened = seal.open(sealed, of);
  if (opened === undefined)
    throw new Error('KEY_SECRET is not the secret by which the keys in the store were sealed.');
  return opened;
};

/** As it comes back from a store. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value)) as unknown;
