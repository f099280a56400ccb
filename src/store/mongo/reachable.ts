// reachable: what to do when no server answers, or when the one asked is not the primary any more: try again for as long as a
// client may be kept waiting, then say it in the port's words.

import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '../port.ts';

export interface Reach {
  /** Tries again: for what may be done twice, or knows what it did the first time. */
  again<T>(work: () => Promise<T>): Promise<T>;
  /** For what may not; the driver sends it again once, in a way that the server does it once. */
  once<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nothing runs any more. */
  finish(): Promise<void>;
}

const longestPause = 200;

export const createReach = (patienceSeconds: number): Reach => {
  const running = new Set<Promise<unknown>>();

  /** Closing the connection would break off what runs. */
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };
  return {
    again: (work) => watched(insist(work, patienceSeconds)),
    once: (work) => watched(attempt(work)),
    finish: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};

const insist = async <T>(work: () => Promise<T>, patienceSeconds: number): Promise<T> => {
  const until = performance.now() + patienceSeconds * 1000;
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (performance.now() > until) throw unreachable(error);
      await wait(Math.random() * longestPause);
    }
};

const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw isUnreachable(error) ? unreachable(error) : error;
  }
};

const unreachable = (cause: unknown): Unavailable =>
  new Unavailable('The database cannot be reached just now.', { cause });

const names: ReadonlySet<string> = new Set([
  ...['MongoNetworkError', 'MongoNetworkTimeoutError', 'MongoServerSelectionError'],
  ...['MongoNotConnectedError', 'PoolClearedOnNetworkError', 'MongoWriteConcernError'],
  ...['MongoPoolClearedError', 'MongoWaitQueueTimeoutError', 'MongooseServerSelectionError'],
  ...['MongoOperationTimeoutError'],
]);

// Some errors of a socket come as Node made them.
const codes: ReadonlySet<unknown> = new Set([
  ...['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  // https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring/server-discovery-and-monitoring.md
  ...[11_600, 11_602, 10_107, 13_435, 13_436, 189, 91, 6, 7, 89, 9_001, 64, 79, 134],
]);

export const isUnreachable = (error: unknown): boolean =>
  error instanceof Error &&
  (names.has(error.name) ||
    ('code' in error && codes.has(error.code)) ||
    // A list of writes that was broken off carries the reason, and has no label of its own.
    ('errorResponse' in error && isUnreachable(error.errorResponse)));
