// One-time secrets: a random text is handed out once, its hash is kept, and it opens what was kept once, until it expires.

import { createHash, randomBytes } from 'node:crypto';
import type { RecordStore } from '../../store/port.ts';

export interface OneTime<T extends object> {
  /** The secret to hand out. */
  issue(value: T): Promise<string>;
  /** What was kept, without using it up: to show a form. */
  peek(secret: string): Promise<T | undefined>;
  /** What was kept, for the first who asks; undefined when unknown, used or expired. */
  take(secret: string): Promise<T | undefined>;
}

export interface OneTimeOptions {
  readonly records: RecordStore;
  readonly now: () => number;
  /** The record kind. */
  readonly kind: string;
  readonly seconds: number;
}

export const createOneTime = <T extends object>({
  records,
  now,
  kind,
  seconds,
}: OneTimeOptions): OneTime<T> => ({
  issue: async (value) => {
    const secret = randomBytes(32).toString('base64url');
    await records.put(kind, hashOf(secret), value, new Date(now() + seconds * 1000));
    return secret;
  },
  // Only `issue` writes this kind, so what comes out is what went in.
  peek: async (secret) => (await records.get(kind, hashOf(secret))) as T | undefined,
  take: async (secret) => (await records.take(kind, hashOf(secret))) as T | undefined,
});

/** How a secret with the strength of a key is kept: whoever reads the store cannot use it. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
