// Vault: secrets the server itself must read again (a TOTP secret) are encrypted before they are stored.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Vault {
  /** `of` names what the secret belongs to: it opens only for the same. */
  lock(secret: string, of: string): string;
  /** Throws when it was not locked here for the same. */
  unlock(locked: string, of: string): string;
}

const ivLength = 12;
const tagLength = 16;

/** AES-256-GCM; the key may have any length. */
export const createVault = (key: Uint8Array): Vault => {
  const aes = createHash('sha256').update('vault').update(key).digest();
  return {
    lock: (secret, of) => {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', aes, iv).setAAD(Buffer.from(of));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    unlock: (locked, of) => {
      const bytes = Buffer.from(locked, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', aes, bytes.subarray(0, ivLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(Buffer.from(of));
      decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
      const text = decipher.update(bytes.subarray(ivLength + tagLength));
      return Buffer.concat([text, decipher.final()]).toString();
    },
  };
};
