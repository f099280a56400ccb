// Sealed values: small JSON a client carries for us and cannot make up or change.

import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Sealer {
  seal(value: unknown): string;
  /** undefined when it was not sealed with this key. */
  open(sealed: string): unknown;
}

/** 16 bytes of an HMAC, then the JSON, in base64url. */
export const createSealer = (key: Uint8Array): Sealer => ({
  seal: (value) => {
    const body = Buffer.from(JSON.stringify(value));
    return Buffer.concat([sign(key, body), body]).toString('base64url');
  },
  open: (sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    // The decoder passes over what is no base64url, so that many texts would stand for one.
    if (bytes.length <= signatureLength || bytes.toString('base64url') !== sealed) return undefined;
    const body = bytes.subarray(signatureLength);
    if (!timingSafeEqual(bytes.subarray(0, signatureLength), sign(key, body))) return undefined;
    return JSON.parse(body.toString()) as unknown;
  },
});

const signatureLength = 16;

const sign = (key: Uint8Array, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, signatureLength);
