// Throttle: after a few failures the next attempt has to wait, longer each time. It slows a pair (who is tried, from where),
// never an account, so nobody can lock somebody else out.

import type { RecordStore } from '../../store/port.ts';
import { hashOf } from '../users/one-time.ts';

export interface Throttle {
  /**
   * Counts an attempt before it is made, so that attempts at the same time are all counted. Seconds to wait when it must
   * not be made now; such an attempt is not counted.
   */
  attempt(limit: Limit, ...of: readonly string[]): Promise<number>;
  /** Takes one attempt back: it succeeded, and others share the count. */
  refund(limit: Limit, ...of: readonly string[]): Promise<void>;
  /** Forgets what was counted: it succeeded. */
  clear(limit: Limit, ...of: readonly string[]): Promise<void>;
}

export interface Limit {
  readonly name: string;
  /** Attempts that need not wait. */
  readonly free: number;
  /** What the first one after those waits; each further one twice as long. */
  readonly seconds: number;
  readonly mostSeconds: number;
  /** When all is forgotten, counted from the first attempt. */
  readonly forgetSeconds: number;
}

interface Counted {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number;
}

export const createThrottle = (records: RecordStore, now: () => number): Throttle => {
  const attempt = async (limit: Limit, ...of: readonly string[]): Promise<number> => {
    const id = idOf(limit, of);
    for (let attempts = 0; attempts < 100; attempts += 1) {
      const kept = (await records.get('throttle', id)) as Counted | undefined;
      if (kept !== undefined && kept.nextAt > now()) return Math.ceil((kept.nextAt - now()) / 1000);
      const counted = countOne(limit, kept, now());
      const expires = new Date(now() + limit.forgetSeconds * 1000);
      const isWritten =
        kept === undefined
          ? await records.add('throttle', id, counted, expires)
          : await records.replace('throttle', id, counted, kept);
      if (isWritten) return 0;
    }
    return limit.seconds;
  };

  return {
    attempt,
    refund: async (limit, ...of) => {
      const kept = (await records.get('throttle', idOf(limit, of))) as Counted | undefined;
      if (kept === undefined) return;
      // Lost when another counts at the same moment: then one attempt too many is counted, which does little harm.
      const refunded = { count: kept.count - 1, nextAt: 0 };
      await records.replace('throttle', idOf(limit, of), refunded, kept);
    },
    clear: async (limit, ...of) => {
      await records.take('throttle', idOf(limit, of));
    },
  };
};

const countOne = (limit: Limit, kept: Counted | undefined, now: number): Counted => {
  const count = (kept?.count ?? 0) + 1;
  const over = count - limit.free;
  const wait = over < 0 ? 0 : Math.min(limit.seconds * 2 ** over, limit.mostSeconds);
  return { count, nextAt: now + wait * 1000 };
};

const idOf = ({ name }: Limit, of: readonly string[]): string => hashOf(JSON.stringify([name, of]));

/** Who is tried, and the address or known device it is tried from. */
export const passwordLimit: Limit = {
  ...{ name: 'password', free: 5, seconds: 10, mostSeconds: 900, forgetSeconds: 3600 },
};

/** One address, whoever is tried: many people share the address of a hospital, so it is wide. */
export const addressLimit: Limit = {
  ...{ name: 'address', free: 100, seconds: 5, mostSeconds: 300, forgetSeconds: 900 },
};

/** Codes have six digits: who knows the password and guesses codes from many addresses is counted together. */
export const codeLimit: Limit = {
  ...{ name: 'code', free: 5, seconds: 15, mostSeconds: 900, forgetSeconds: 86_400 },
};

/** Messages to one user. */
export const messageLimit: Limit = {
  ...{ name: 'message', free: 3, seconds: 600, mostSeconds: 3600, forgetSeconds: 86_400 },
};

/** Asking for messages from one address. */
export const askLimit: Limit = {
  ...{ name: 'ask', free: 20, seconds: 30, mostSeconds: 900, forgetSeconds: 3600 },
};
