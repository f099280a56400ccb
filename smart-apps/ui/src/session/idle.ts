// Idle: how long nobody has used this browser's apps, and what follows from it. It looks at clocks and counts no ticks, because no
// timer runs while a machine sleeps.

import { noticeMs } from './idle-limits.ts';

export interface Clocks {
  /** Of the day, in milliseconds; somebody may set it. */
  readonly now: () => number;
  /** Only ever goes on, in milliseconds; it may stand still while the machine sleeps. */
  readonly elapsed: () => number;
}

/** When somebody last used it, in milliseconds of the clock of the day. Other tabs may write it, too. */
export interface LastUse {
  readonly read: () => number | undefined;
  readonly write: (at: number) => void;
}

export type Idle =
  | { readonly is: 'open' }
  | { readonly is: 'closing'; readonly secondsLeft: number }
  | { readonly is: 'over' };

export interface IdleWatch {
  readonly look: () => Idle;
  /** Somebody does something. Once the time is over that changes nothing any more. */
  readonly note: () => Idle;
}

export interface IdleOptions {
  readonly clocks: Clocks;
  readonly lastUse: LastUse;
  readonly limitMs: number;
  /** Whether something goes on that must not be cut off, such as an upload: it is a use as well. */
  readonly isUnderWay: () => boolean;
}

/** Beginning to watch is a use: somebody has just signed in, or opened a page in time. */
export const watchIdle = ({ clocks, lastUse, limitMs, isUnderWay }: IdleOptions): IdleWatch => {
  let seen = { at: clocks.now(), since: clocks.elapsed() };
  const use = (): Idle => {
    seen = { at: clocks.now(), since: clocks.elapsed() };
    lastUse.write(seen.at);
    return { is: 'open' };
  };
  const idleMs = (): number => {
    const at = lastUse.read() ?? seen.at;
    if (at > seen.at) seen = { at, since: clocks.elapsed() };
    // The clock of the day knows of sleep; the other one is not deceived where somebody sets the day's back.
    return Math.max(clocks.now() - seen.at, clocks.elapsed() - seen.since);
  };
  const look = (): Idle => {
    const leftMs = limitMs - idleMs();
    // Before all else: what was under way when a machine fell asleep says nothing of who wakes it.
    if (leftMs <= 0) return { is: 'over' };
    if (isUnderWay()) return use();
    return leftMs > noticeMs
      ? { is: 'open' }
      : { is: 'closing', secondsLeft: Math.ceil(leftMs / 1000) };
  };
  use();
  return { look, note: () => (look().is === 'over' ? { is: 'over' } : use()) };
};

/**
 * What an authorization request has to ask for, by when the apps were last used in this browser. The session of the server outlives
 * a lock, so without this a page loaded anew would open what was locked. Where nobody knows, the server's own clock decides.
 * https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export const proofAskedFor = (
  at: number | undefined,
  now: number,
  limitMs: number,
): Readonly<Record<string, string>> => {
  if (at === undefined || at > now) return { max_age: String(limitMs / 1000) };
  return now - at < limitMs ? {} : { prompt: 'login' };
};
