// Keys: the RSA keys that sign id_tokens and the secrets that sign cookies; made at the first start, the same for every process.
// https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys

import { generateKeyPair, randomBytes, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { recordId } from './record-id.ts';
import type { RecordStore } from '../store/port.ts';

export interface Keys {
  /** The first one signs; the others still verify what they signed. */
  readonly signing: readonly SigningKey[];
  /** The first one signs cookies. */
  readonly cookies: readonly string[];
}

export interface SigningKey extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'RS256';
  readonly use: 'sig';
}

const kind = 'oauth-keys';
const id = 'current';
/** An id_token signed before a rotation is still good, and what an app keeps of the key set grows old: two keys before. */
const kept = 3;

/** The keys as they are, made when there are none; two processes that start together agree. */
export const openKeys = async (records: RecordStore): Promise<Keys> => {
  const found = await records.get(kind, id);
  if (found !== undefined) return found as Keys;
  await records.add(kind, id, { signing: [await newSigningKey()], cookies: [newCookieKey()] });
  return (await records.get(kind, id)) as Keys;
};

/** Puts new keys in front. Every server signs with them from its next request on (`follow-keys`). */
export const rotateKeys = async (records: RecordStore): Promise<Keys> => {
  const before = await openKeys(records);
  const after: Keys = {
    signing: [await newSigningKey(), ...before.signing].slice(0, kept),
    cookies: [newCookieKey(), ...before.cookies].slice(0, kept),
  };
  if (await records.replace(kind, id, after, before)) return after;
  throw new Error(
    'The keys were rotated by someone else at the same time; look before you try again.',
  );
};

const newCookieKey = (): string => randomBytes(32).toString('base64url');

const newSigningKey = async (): Promise<SigningKey> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kid: recordId(jwk.n ?? '').slice(0, 16), alg: 'RS256', use: 'sig' };
};
