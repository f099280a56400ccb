// keys: the keys this server signs cards with, made at the first start and anew each year; what they signed before still counts.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#key-management

import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { RecordStore } from '../../store/port.ts';
import { thumbprintOf } from './public-key.ts';

export interface CardKeys {
  /** From which revocation numbers are made; the same for all keys. */
  readonly secret: string;
  /** The first one signs; of the others only the public part is left. */
  readonly keys: readonly [SigningKey, ...RetiredKey[]];
}

export interface RetiredKey {
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

export interface SigningKey extends RetiredKey {
  readonly d: string;
}

type Records = Pick<RecordStore, 'get' | 'add' | 'replace'>;

/** "Issuers SHALL generate new signing keys at least annually." */
const longestMilliseconds = 360 * 86_400_000;

const kind = 'health-card-keys';
const id = 'current';

/** The keys that hold at this time; processes that ask together agree. */
export const openKeys = async (records: Records, now: number): Promise<CardKeys> => {
  const found = (await records.get(kind, id)) as CardKeys | undefined;
  if (!found) {
    const secret = randomBytes(32).toString('base64url');
    await records.add(kind, id, { secret, keys: [await newKey(now)] });
    return (await records.get(kind, id)) as CardKeys;
  }
  if (now - found.keys[0].madeAt < longestMilliseconds) return found;
  // Whoever comes second finds what the first one made.
  await records.replace(kind, id, await withNewKey(found, now), found);
  return (await records.get(kind, id)) as CardKeys;
};

/** "Retired private keys that are no longer used to sign Health Cards SHALL be destroyed." */
const withNewKey = async ({ secret, keys }: CardKeys, now: number): Promise<CardKeys> => ({
  secret,
  keys: [await newKey(now), ...keys.map(({ kid, x, y, madeAt }) => ({ kid, x, y, madeAt }))],
});

const newKey = async (now: number): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '', d = '' } = await exportJWK(privateKey);
  return { kid: await thumbprintOf({ x, y }), x, y, d, madeAt: now };
};
