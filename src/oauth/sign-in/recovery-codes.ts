// Recovery codes: ten codes for the day the phone is lost. Each works once; only hashes are kept.

import { randomInt } from 'node:crypto';
import { hashOf } from '../users/one-time.ts';

export interface RecoveryCodes {
  /** To be shown once: `k7mf-w2pq-x9rt-h4nd`. */
  readonly codes: readonly string[];
  readonly hashes: readonly string[];
}

/** Letters and digits nobody takes for one another: 31 to the power of 16 is 79 bits, so a plain hash is enough. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** `of` is the user's id: the same code of two users has two hashes. */
export const newRecoveryCodes = (of: string): RecoveryCodes => {
  const codes = Array.from({ length: 10 }, newCode);
  return { codes, hashes: codes.map((code) => hashOf(of + plain(code))) };
};

/** The hashes without that of the code; undefined when it is none of them. */
export const withoutCode = (
  hashes: readonly string[],
  code: string,
  of: string,
): readonly string[] | undefined => {
  const hash = hashOf(of + plain(code));
  return hashes.includes(hash) ? hashes.filter((other) => other !== hash) : undefined;
};

const newCode = (): string =>
  Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)])
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-');

const plain = (code: string): string => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
