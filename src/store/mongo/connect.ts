// connect: a connection to a MongoDB that Meridian can use, waited for as long as a start may take.

import { setTimeout as wait } from 'node:timers/promises';
import mongoose, { type Connection, type ConnectOptions } from 'mongoose';
import { readDeployment, Refused, type Deployment } from './deployment.ts';

export interface Connecting {
  readonly url: string;
  readonly waitSeconds: number;
  /** How long a request waits for a primary. */
  readonly patienceSeconds: number;
  readonly log: (message: string) => void;
}

export interface Connected {
  readonly connection: Connection;
  readonly deployment: Deployment;
}

const options: ConnectOptions = {
  appName: 'meridian',
  readPreference: 'primary',
  retryReads: true,
  retryWrites: true,
  connectTimeoutMS: 8000,
  maxPoolSize: 64,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
};

/** How long one attempt takes at most while the server starts. */
const attemptMilliseconds = 2500;
const pauseMilliseconds = 500;

/** Throws when the url is none, when the server cannot be used, or when none answered in time. */
export const connect = async (asked: Connecting): Promise<Connected> => {
  const until = performance.now() + asked.waitSeconds * 1000;
  for (let attempt = 1; ; attempt += 1)
    try {
      return await connectOnce(asked);
    } catch (error) {
      if (error instanceof Refused || !isReachable(error)) throw reasonOf(error);
      const reason = error instanceof Error ? error.message : String(error);
      if (performance.now() + pauseMilliseconds > until) throw tooLate(asked, reason, error);
      if (attempt === 1) asked.log(`MongoDB does not answer yet (${reason}); trying again.`);
      await wait(pauseMilliseconds);
    }
};

const connectOnce = async ({ url, patienceSeconds }: Connecting): Promise<Connected> => {
  // The first attempts are short, so that a server that is just starting is found soon.
  const probe = mongoose.createConnection(url, {
    ...withName(url),
    serverSelectionTimeoutMS: attemptMilliseconds,
  });
  try {
    await probe.asPromise();
    const deployment = await readDeployment(probe);
    const connection = mongoose.createConnection(url, {
      ...withName(url),
      serverSelectionTimeoutMS: patienceSeconds * 1000,
    });
    // Without a listener an error of the connection in the background would end the process.
    connection.on('error', () => undefined);
    await connection.asPromise();
    return { connection, deployment };
  } finally {
    await probe.close().catch(() => undefined);
  }
};

/** The database of the url, or `meridian`. */
const withName = (url: string): ConnectOptions =>
  /^mongodb(?:\+srv)?:\/\/[^/]+\/[^?]/.test(url) ? options : { ...options, dbName: 'meridian' };

const unreachable: ReadonlySet<string> = new Set([
  'MongooseServerSelectionError',
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
]);

/** An answer other than no answer will not get better by waiting: a wrong password, a url that is none. */
const isReachable = (error: unknown): boolean =>
  error instanceof Error && unreachable.has(error.name);

const reasonOf = (error: unknown): Error => {
  if (error instanceof Refused) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`MongoDB cannot be used: ${reason}. Look at MONGODB_URL.`, { cause: error });
};

const tooLate = ({ url, waitSeconds }: Connecting, reason: string, cause: unknown): Error =>
  new Error(
    `No MongoDB primary answered at ${withoutSecrets(url)} within ${String(waitSeconds)} s (${reason}). Is it running, and is it a replica set with a primary?`,
    { cause },
  );

export const withoutSecrets = (url: string): string => url.replace(/\/\/[^@/]*@/, '//***@');
