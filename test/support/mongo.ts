// The MongoDB that tests run against: a real one where one can be had (MONGODB_TEST_URL, or a binary, given or downloaded,
// started as a replica set of one), otherwise the stand-in of `mongo-server`.

import { randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { chooseMongo } from './mongo-binary/choose.ts';
import { startMongoServer } from './mongo-server/start.ts';

export interface TestMongo {
  readonly kind: 'real' | 'stand-in';
  /** The url of a database that nobody else uses. */
  freshUrl(): string;
  drop(url: string): Promise<void>;
  /** From now on the server itself removes nothing that has expired. */
  keepExpired(url: string): Promise<void>;
}

interface Running {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const choice = chooseMongo(process.env);

/** Whether tests of faults that only the stand-in can be made to have must be skipped. */
export const kindOfMongo: TestMongo['kind'] = choice.kind === 'stand-in' ? 'stand-in' : 'real';

/** Why it is not a real one. */
export const whyStandIn = choice.kind === 'stand-in' ? choice.why : undefined;

const startBinary = async (systemBinary: string): Promise<Running> => {
  const { MongoMemoryReplSet } = await import('mongodb-memory-server-core');
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 1, storageEngine: 'wiredTiger' },
  });
  return {
    url: set.getUri('test'),
    stop: async () => {
      await set.stop();
    },
  };
};

const start = async (): Promise<Running> => {
  if (choice.kind === 'url') return { url: choice.url, stop: () => Promise.resolve() };
  if (choice.kind === 'binary') return startBinary(choice.binary);
  const server = await startMongoServer();
  return { url: server.url, stop: () => server.close() };
};

let running: Promise<Running> | undefined;
let users = 0;

/** Started by the first who asks, stopped when the last has released it. */
export const useMongo = async (): Promise<TestMongo & { release(): Promise<void> }> => {
  users += 1;
  running ??= start();
  const { url, stop } = await running;
  return {
    kind: kindOfMongo,
    freshUrl: () => withDatabase(url, `test-${randomBytes(6).toString('hex')}`),
    drop: (fresh) => connected(fresh, (connection) => connection.dropDatabase()),
    keepExpired: (fresh) =>
      connected(fresh, (connection) => connection.collection('records').dropIndex('expires_1')),
    release: async () => {
      users -= 1;
      if (users > 0) return;
      running = undefined;
      await stop();
    },
  };
};

const connected = async (
  url: string,
  work: (connection: Connection) => Promise<unknown>,
): Promise<void> => {
  const connection = await mongoose.createConnection(url).asPromise();
  await work(connection);
  await connection.close();
};

const withDatabase = (url: string, name: string): string => {
  const [, hosts = '', query = ''] =
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  return `${hosts}/${name}${query}`;
};
