// Chain: each written batch of rows is bound to all before it by a hash, and now and then the hash is signed.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';

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

/** Ed25519: PKCS #8 and SPKI in DER, as base64url. */
export interface SigningKey {
  readonly private: string;
  readonly public: string;
}

export const newSigningKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    private: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
    public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
  };
};

export type Sign = (checkpoint: Checkpoint) => string;

export const createSign = (key: SigningKey): Sign => {
  const privateKey = createPrivateKey({
    ...{ key: Buffer.from(key.private, 'base64url'), type: 'pkcs8', format: 'der' },
  });
  return (checkpoint) => sign(null, messageOf(checkpoint), privateKey).toString('base64url');
};

export type VerifySign = (checkpoint: Checkpoint, signature: string) => boolean;

/** Throws when it is no public key. */
export const createVerifySign = (publicKey: string): VerifySign => {
  const key = createPublicKey({
    ...{ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' },
  });
  return (checkpoint, signature) =>
    verify(null, messageOf(checkpoint), key, Buffer.from(signature, 'base64url'));
};

const messageOf = ({ chain, n, h, t }: Checkpoint): Buffer =>
  Buffer.from(`meridian audit\n${chain}\n${String(n)}\n${h}\n${String(t)}`);
