// A stand-in for a MongoDB server, for tests where no real one can be had: it speaks the wire protocol as a replica set of one,
// with transactions over snapshots, write conflicts, unique indexes, and faults on demand. Filters and pipelines are
// evaluated by mingo. It keeps nothing on disk, and it is not MongoDB: what passes here has been shown against the
// documented behaviour only.

import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { administration } from './administration.ts';
import { createDatabase } from './database.ts';
import { answerOf, Fault, notPrimary } from './fault.ts';
import { reads, type Handler } from './reads.ts';
import { readRequest, splitMessages, writeReply, type Document, type Request } from './wire.ts';
import { writes } from './writes.ts';

/** What is to go wrong with the next commands of a name. */
export interface Mishap {
  readonly command: string;
  /** How many of them. */
  readonly times: number;
  /** The connection breaks before it was done, or after it was done and before it was said; or an error is answered. */
  readonly how:
    'lost before' | 'lost after' | { readonly code: number; readonly labels?: readonly string[] };
}

export interface MongoServer {
  /** With a database of its own name. */
  readonly url: string;
  readonly port: number;
  mishap(mishap: Mishap): void;
  /** No more mishaps. */
  clear(): void;
  /** As when the primary is restarted: connections break, and for so long nobody is primary. Nothing committed is lost. */
  stepDown(milliseconds: number): void;
  /** How often a command has come. */
  count(command: string): number;
  /** The newest command of a name. */
  last(command: string): Document | undefined;
  close(): Promise<void>;
}

export interface Pretence {
  readonly version?: string;
  /** Without it, it is not a replica set. */
  readonly setName?: string | undefined;
  readonly isRouter?: boolean;
  readonly port?: number;
}

const commands: Readonly<Record<string, Handler>> = { ...reads, ...writes, ...administration };
const greetings: ReadonlySet<string> = new Set(['hello', 'ismaster', 'isMaster']);
const changing: ReadonlySet<string> = new Set([
  ...['insert', 'update', 'delete', 'findAndModify', 'createIndexes', 'create'],
  ...['commitTransaction', 'drop', 'dropDatabase'],
]);

export const startMongoServer = async (pretence: Pretence = {}): Promise<MongoServer> => {
  const database = createDatabase();
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  const newest = new Map<string, Document>();
  const standing: Pretence = { setName: 'rs0', ...pretence };
  let mishaps: Mishap[] = [];
  let downUntil = 0;

  const isPrimary = (): boolean => Date.now() >= downUntil;
  const me = (): string => `127.0.0.1:${port}`;

  const hello = (): Document => ({
    ...(standing.setName === undefined || standing.isRouter
      ? {}
      : {
          setName: standing.setName,
          setVersion: 1,
          hosts: [me()],
          me: me(),
          secondary: !isPrimary(),
        }),
    ...(standing.isRouter ? { msg: 'isdbgrid' } : {}),
    ...(isPrimary() ? { primary: me() } : {}),
    isWritablePrimary: isPrimary(),
    ismaster: isPrimary(),
    helloOk: true,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
  });

  const takeMishap = (name: string): Mishap | undefined => {
    const found = mishaps.find((each) => each.command === name && each.times > 0);
    if (found)
      mishaps = mishaps.map((each) => (each === found ? { ...each, times: each.times - 1 } : each));
    return found;
  };

  const perform = async (name: string, command: Document): Promise<Document> => {
    if (greetings.has(name)) return hello();
    if (name === 'buildInfo' && standing.version)
      return { version: standing.version, versionArray: standing.version.split('.').map(Number) };
    if (name === 'replSetStepDown') {
      setImmediate(stepDown, Number(command[name]) * 1000);
      return {};
    }
    if (name === 'listShards') return { shards: [{ _id: 'shard-a' }, { _id: 'shard-b' }] };
    if (!isPrimary() && name !== 'ping') throw notPrimary();
    const handler = commands[name];
    if (handler === undefined) throw new Fault(59, 'CommandNotFound', `no such command: '${name}'`);
    if (name === 'ping') return handler({ command, name, database });
    return inSession(name, command, handler);
  };

  /** A retryable write that was done is answered as the first time; a transaction that fails is over. */
  const inSession = async (
    name: string,
    command: Document,
    handler: Handler,
  ): Promise<Document> => {
    const session = database.session(command);
    const isRetryable =
      changing.has(name) && command['txnNumber'] !== undefined && command['autocommit'] !== false;
    if (isRetryable && session?.answered) return session.answered;
    try {
      const done = await handler({ command, name, database });
      if (isRetryable && session) session.answered = done;
      return done;
    } catch (error) {
      const isOpen = command['autocommit'] === false && session?.state === 'open';
      if (isOpen) database.abort(command);
      throw error;
    }
  };

  const answer = async (request: Request): Promise<Document | 'hang up'> => {
    const name = Object.keys(request.body)[0]!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    newest.set(name, request.body);
    const mishap = takeMishap(name);
    if (mishap?.how === 'lost before') return 'hang up';
    if (mishap !== undefined && typeof mishap.how === 'object')
      return answerOf(
        new Fault(mishap.how.code, 'Mishap', 'a mishap on demand', mishap.how.labels),
      );
    const body = await perform(name, request.body).then((done) => ({ ok: 1, ...done }), answerOf);
    return mishap?.how === 'lost after' ? 'hang up' : body;
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    let bytes: Buffer = Buffer.alloc(0);
    const serve = async (message: Buffer): Promise<void> => {
      const request = readRequest(message);
      const body = await answer(request);
      if (body === 'hang up') socket.destroy();
      else if (!socket.destroyed) {
        const operationTime = new mongoose.mongo.Timestamp({
          t: Math.floor(Date.now() / 1000),
          i: 1,
        });
        socket.write(writeReply(request, { ...body, operationTime }));
      }
    };
    socket.on('data', (part: Buffer) => {
      const { whole, rest } = splitMessages(
        bytes.length === 0 ? part : Buffer.concat([bytes, part]),
      );
      bytes = rest;
      for (const message of whole) void serve(message).catch(() => socket.destroy());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(pretence.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const breakConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const stepDown = (milliseconds: number): void => {
    downUntil = Date.now() + milliseconds;
    breakConnections();
  };
  const query =
    standing.setName === undefined || standing.isRouter ? '' : `?replicaSet=${standing.setName}`;
  return {
    url: `mongodb://127.0.0.1:${port}/test${query}`,
    port,
    mishap: (mishap) => mishaps.push(mishap),
    clear: () => {
      mishaps = [];
    },
    stepDown,
    count: (command) => counts.get(command) ?? 0,
    last: (command) => newest.get(command),
    close: async () => {
      breakConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
