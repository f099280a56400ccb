// One-time code: eight digits sent to a person prove that a phone or mail address is theirs. Once, soon, and with few tries.
// https://pages.nist.gov/800-63-4/sp800-63b.html#out-of-band-verifiers

import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { RecordStore } from '../store/port.ts';

export interface OneTimeCodes<T extends object> {
  /**
   * For nobody (undefined) as well, so that the work is the same: then no code ever fits. Without a ticket one is drawn that
   * cannot be guessed; one ticket has one code, the last.
   */
  issue(value: T | undefined, ticket?: string): Promise<Issued>;
  /** What was kept, for the first who has ticket and code; undefined when wrong, used, too old or tried too often. */
  redeem(ticket: string, code: string): Promise<T | undefined>;
}

export interface Issued {
  /** For whoever asked: names the code without telling it. */
  readonly ticket: string;
  /** For whoever is to prove something. Eight digits. */
  readonly code: string;
}

export interface OneTimeCodeOptions {
  readonly records: RecordStore;
  readonly now: () => number;
  /** The record kind. */
  readonly kind: string;
  readonly seconds: number;
}

interface Kept<T> {
  /** Of ticket and code together, so that the store alone does not give eight digits away. */
  readonly hash: string;
  readonly tries: number;
  readonly value?: T;
}

const mostTries = 5;

export const createOneTimeCodes = <T extends object>(
  options: OneTimeCodeOptions,
): OneTimeCodes<T> => {
  const { records, now, kind, seconds } = options;
  return {
    issue: async (value, ticket = randomBytes(32).toString('base64url')) => {
      const code = String(randomInt(1e8)).padStart(8, '0');
      const kept: Kept<T> = {
        ...{ hash: digest(ticket + code), tries: 0 },
        ...(value === undefined ? {} : { value }),
      };
      await records.put(kind, digest(ticket), kept, new Date(now() + seconds * 1000));
      return { ticket, code };
    },
    redeem: async (ticket, code) => {
      const kept = await countTry<T>(digest(ticket), options);
      if (kept === undefined) return undefined;
      const given = Buffer.from(digest(ticket + code.replaceAll(/\D/g, '')));
      if (!timingSafeEqual(given, Buffer.from(kept.hash)) || kept.value === undefined)
        return undefined;
      return (await records.take(kind, digest(ticket))) === undefined ? undefined : kept.value;
    },
  };
};

/** Counts before it compares, so that many tries at once are all counted. */
const countTry = async <T>(
  id: string,
  { records, kind }: OneTimeCodeOptions,
): Promise<Kept<T> | undefined> => {
  for (let attempt = 0; attempt < mostTries * 4; attempt += 1) {
    // Only `issue` writes this kind, so what comes out is what went in.
    const kept = (await records.get(kind, id)) as Kept<T> | undefined;
    if (kept === undefined || kept.tries >= mostTries) return undefined;
    if (await records.replace(kind, id, { ...kept, tries: kept.tries + 1 }, kept)) return kept;
  }
  return undefined;
};

const digest = (text: string): string => hash('sha256', text, 'base64url');
