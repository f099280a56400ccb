// Chain: each written batch of rows is bound to all before it by a hash, and now and then the hash is signed.

import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** The hash before the first batch of a chain. */
export const noHash = '';

/** What a batch makes of the hash before it. `bytes` are the lines as they stand in the file. */
export const linkHash = (before: string, bytes: Uint8Array): string =>
  createHash('sha256').update(`${before}\n`).update(bytes).digest('base64url');

/** A place in a chain that is vouched for. */
export interface Checkpoint {
  readonly chain: string;
  /** The last row before it, and the hash after that row's batch. */
  readonly n: number;
  readonly h: string;
  readonly t: number;
}

/** Ed25519, as PEM. */
export interface SigningKey {
  readonly private: string;
  readonly public: string;
}

export type Sign = (checkpoint: Checkpoint) => string;

export const createSign = (key: SigningKey): Sign => {
  const privateKey = createPrivateKey(key.private);
  return (checkpoint) => sign(null, messageOf(checkpoint), privateKey).toString('base64url');
};

export type VerifySign = (checkpoint: Checkpoint, signature: string) => boolean;

export const createVerifySign = (publicPem: string): VerifySign => {
  const publicKey = createPublicKey(publicPem);
  return (checkpoint, signature) =>
    verify(null, messageOf(checkpoint), publicKey, Buffer.from(signature, 'base64url'));
};

/** A name of the key that can be compared by eye. */
export const fingerprintOf = (publicPem: string): string =>
  createHash('sha256')
    .update(createPublicKey(publicPem).export({ type: 'spki', format: 'der' }))
    .digest('base64url');

const messageOf = ({ chain, n, h, t }: Checkpoint): Buffer =>
  Buffer.from(`meridian audit\n${chain}\n${String(n)}\n${h}\n${String(t)}`);
