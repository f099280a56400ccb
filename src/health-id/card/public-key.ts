// public-key: the public keys of an issuer as it publishes them.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#determining-keys-associated-with-an-issuer

import { calculateJwkThumbprint } from 'jose';
import { isObject } from '../../fhir/resource.ts';

export interface PublicKey {
  readonly kty: 'EC';
  /** Its thumbprint. */
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  /** How many times the list of revoked cards was changed; without it there is none. */
  readonly crlVersion?: number;
}

/** The keys of a key set that may sign cards: P-256, for signatures, named by their thumbprint, without the private part. */
export const readKeySet = async (keySet: unknown): Promise<readonly PublicKey[]> => {
  const keys = isObject(keySet) && Array.isArray(keySet['keys']) ? keySet['keys'] : [];
  const fitting = keys.filter(isPublicKey);
  const names = await Promise.all(fitting.map((key) => thumbprintOf(key)));
  return fitting.filter(({ kid }, at) => kid === names[at]);
};

export const thumbprintOf = ({ x, y }: Pick<PublicKey, 'x' | 'y'>): Promise<string> =>
  calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x, y }, 'sha256');

const isPublicKey = (key: unknown): key is PublicKey =>
  isObject(key) &&
  Object.entries(cardKeyKind).every(([name, value]) => key[name] === value) &&
  ['kid', 'x', 'y'].every((name) => typeof key[name] === 'string') &&
  !('d' in key);

/** What every key of a card's issuer is. */
export const cardKeyKind = { kty: 'EC', use: 'sig', alg: 'ES256', crv: 'P-256' } as const;
