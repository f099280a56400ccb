// transact: a transaction that is tried again while others are in its way, for as long as a client may be kept waiting.
// https://www.mongodb.com/docs/manual/core/transactions-in-applications/

import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import { Unavailable } from '../port.ts';
import { concerns } from './concerns.ts';
import { isUnreachable } from './reachable.ts';

export interface Transact {
  /** `work` may run several times, each time over a newer state; what it throws of its own ends the trying. */
  <T>(work: (session: mongo.ClientSession) => Promise<T>): Promise<T>;
}

/** All it reads is of one moment; all it writes is on the disks of a majority before it counts as done. */
const options = {
  ...concerns,
  readConcern: { level: 'snapshot' },
} as const;

const longestPause = 200;

export const createTransact =
  (connection: Connection, patienceSeconds: number): Transact =>
  async (work) => {
    const until = performance.now() + patienceSeconds * 1000;
    const session = await connection.startSession();
    try {
      return await persist(() => attemptOnce(session, work, until), until);
    } finally {
      await session.endSession();
    }
  };

const persist = async <T>(attempt: () => Promise<T>, until: number): Promise<T> => {
  for (let tries = 1; ; tries += 1)
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (performance.now() > until) throw unavailable(error);
      // Those that collided should not collide again at once.
      await wait(Math.random() * Math.min(longestPause, 2 ** (tries + 1)));
    }
};

const attemptOnce = async <T>(
  session: mongo.ClientSession,
  work: (session: mongo.ClientSession) => Promise<T>,
  until: number,
): Promise<T> => {
  session.startTransaction(options);
  try {
    const result = await work(session);
    await commit(session, until);
    return result;
  } catch (error) {
    // The driver refuses to abort what was committed or never began; either way nothing is left to take back.
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
    throw error;
  }
};

/** A commit of which nobody knows whether it was done is sent again: the server answers for what it did the first time. */
const commit = async (session: mongo.ClientSession, until: number): Promise<void> => {
  for (;;)
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      const isUnknown = hasLabel(error, 'UnknownTransactionCommitResult') || isUnreachable(error);
      if (!isUnknown || hasLabel(error, 'TransientTransactionError')) throw error;
      if (performance.now() > until) throw unavailable(error);
      await wait(Math.random() * longestPause);
    }
};

const duplicateKey = 11_000;

export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === duplicateKey;

const hasLabel = (error: unknown, label: string): boolean =>
  error instanceof Error &&
  'errorLabels' in error &&
  Array.isArray(error.errorLabels) &&
  error.errorLabels.includes(label);

/** A key that another took after this transaction had begun is there for the next attempt to see. */
const isTransient = (error: unknown): boolean =>
  hasLabel(error, 'TransientTransactionError') || isDuplicate(error) || isUnreachable(error);

const unavailable = (cause: unknown): Unavailable =>
  new Unavailable('The database could not finish the write in time.', { cause });
