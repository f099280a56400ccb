// Client secret: kept as a salted scrypt hash. The secrets are random and long, so a modest cost is enough.
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1

import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

const prefix = 'scrypt$';
const length = 32;
const cost: ScryptOptions = { N: 4096, r: 8, p: 1 };

/** 256 random bits in base64url, which every way to send it takes as it is. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const isHashedSecret = (text: string): boolean => text.startsWith(prefix);

/** `scrypt$salt$hash`, both base64url. */
export const hashSecret = async (secret: string): Promise<string> => {
  const salt = randomBytes(16);
  const derived = await derive(secret, salt);
  return `${prefix}${salt.toString('base64url')}$${derived.toString('base64url')}`;
};

export const secretMatches = async (secret: string, hashed: string): Promise<boolean> => {
  const [, salt = '', expected = ''] = hashed.split('$');
  const derived = await derive(secret, Buffer.from(salt, 'base64url'));
  const known = Buffer.from(expected, 'base64url');
  return known.length === derived.length && timingSafeEqual(known, derived);
};

const derive = (secret: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(secret, salt, length, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
