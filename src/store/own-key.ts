// own-key: a secret key of this server, made once; two processes that start together keep the same one.

import { randomBytes } from 'node:crypto';
import type { RecordStore } from './port.ts';

/** 32 bytes. */
export const ownKey = async (
  records: Pick<RecordStore, 'add' | 'get'>,
  name: string,
): Promise<Uint8Array> => {
  await records.add('key', name, { hex: randomBytes(32).toString('hex') });
  const { hex } = (await records.get('key', name)) as { readonly hex: string };
  return Buffer.from(hex, 'hex');
};
