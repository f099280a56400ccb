// asking: what one question to the resources carries along: where it is asked, by when, and what its chains have answered.

import type { mongo } from 'mongoose';
import type { Plan } from '../../search/plan.ts';
import type { Window } from '../../search/window.ts';
import { TooSlow } from '../port.ts';
import type { Chains, Filter } from './compile/filter.ts';
import type { ResourceDocument } from './documents.ts';

type Answer = ReturnType<Chains['get']>;

export interface Asking {
  readonly collection: mongo.Collection<ResourceDocument>;
  /** Of a commit: its questions see what it has written. */
  readonly session?: mongo.ClientSession;
  /** Of `performance.now()`. */
  readonly until: number;
  /** More resources than this at the other end of a chain are not listed. */
  readonly mostListed: number;
  /** A list by date that is longer than this is read in parts. */
  readonly mostSorted: number;
  /** By the chain's text, for rights repeat it: it is followed once; undefined when it leads to too many. */
  readonly answers: Map<string, Answer>;
}

export interface Question {
  readonly plan: Plan;
  /** `kept`: deleted ones as well, by the values they had. */
  readonly rows: 'live' | 'kept';
  readonly window: Omit<Window, 'size'>;
  /** Infinity for all. */
  readonly limit: number;
  readonly fields: Readonly<Record<string, 1>>;
  /** Only among these. */
  readonly within?: Filter;
}

export type Stage = Readonly<Record<string, unknown>>;

/** Throws `TooSlow` when the time is up, also the server's own. */
export const run = async <T extends object>(
  { collection, session, until }: Pick<Asking, 'collection' | 'session' | 'until'>,
  stages: readonly Stage[],
): Promise<readonly T[]> => {
  const left = until - performance.now();
  if (left < 1) throw new TooSlow('The search ran longer than it may.');
  const options = {
    maxTimeMS: Math.ceil(left),
    allowDiskUse: true,
    ...(session ? { session } : {}),
  };
  try {
    return await collection.aggregate<T>([...stages], options).toArray();
  } catch (error) {
    if (isTimeout(error)) throw new TooSlow('The search ran longer than it may.', { cause: error });
    throw error;
  }
};

/** MaxTimeMSExpired. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 50;

export const match = (filter: Filter): Stage => ({ $match: filter });
