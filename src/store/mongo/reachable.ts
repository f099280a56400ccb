// reachable: what the driver says when no server answers, or when the one asked is not the primary any more, in the port's
// words: the client may try again.

import { Unavailable } from '../port.ts';

export const reachable = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isUnreachable(error))
      throw new Unavailable('The database cannot be reached just now.', { cause: error });
    throw error;
  }
};

const names: ReadonlySet<string> = new Set([
  ...['MongoNetworkError', 'MongoNetworkTimeoutError', 'MongoServerSelectionError'],
  ...['MongoNotConnectedError', 'MongoTopologyClosedError', 'PoolClearedOnNetworkError'],
  ...['MongoPoolClearedError', 'MongoWaitQueueTimeoutError', 'MongooseServerSelectionError'],
]);

// https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring/server-discovery-and-monitoring.md
const codes: ReadonlySet<unknown> = new Set([
  ...[11_600, 11_602, 10_107, 13_435, 13_436, 189, 91, 6, 7, 89, 9_001, 64, 79, 134],
]);

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error &&
  (names.has(error.name) ||
    error.name === 'MongoWriteConcernError' ||
    ('code' in error && codes.has(error.code)));
