// open-card: the parts of a signed card, before anybody believes them.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#health-cards-are-compact

import { inflateRawSync } from 'node:zlib';
import { isObject } from '../../fhir/resource.ts';
import { claimsFault, readClaims, type CardClaims } from './claims.ts';

export interface OpenedCard {
  /** The key that signed it. */
  readonly kid: string;
  readonly claims: CardClaims;
}

export type Opening =
  { readonly ok: true; readonly card: OpenedCard } | { readonly ok: false; readonly fault: string };

/** Never throws, and no fault names content: what is opened may be anybody's record, or anything at all. */
export const openCard = (jws: string): Opening => {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every(isBase64url)) return faulty('This is no health card.');
  const [head = '', body = ''] = parts.map((part) => Buffer.from(part, 'base64url'));
  const header = readJson(head);
  if (!isObject(header) || header['alg'] !== 'ES256' || header['zip'] !== 'DEF' || 'crit' in header)
    return faulty('It is not signed and packed as health cards are.');
  const { kid } = header;
  if (typeof kid !== 'string') return faulty('It does not name the key that signed it.');
  const claims = readJson(inflate(body));
  if (claims === undefined) return faulty('Its content cannot be unpacked.');
  const fault = claimsFault(claims);
  return fault === undefined
    ? { ok: true, card: { kid, claims: readClaims(claims) } }
    : faulty(fault);
};

const faulty = (fault: string): Opening => ({ ok: false, fault });

/** Decoders pass over what is none and over bits at the end, so that many texts would stand for one. */
const isBase64url = (part: string): boolean =>
  part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;

/** Two kilobytes may unpack to gigabytes. */
const mostBytes = 1024 * 1024;

const inflate = (packed: string | Buffer): Buffer | undefined => {
  try {
    return inflateRawSync(packed, { maxOutputLength: mostBytes });
  } catch {
    return undefined;
  }
};

const readJson = (bytes: string | Buffer | undefined): unknown => {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    // The message of the error would hold what stood there.
    return undefined;
  }
};
