// The writer thread: the one connection that writes. All jobs that wait when a transaction begins share it and its fsync.

import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { TooSlow } from '../port.ts';
import { writeBytes } from './write-bytes.ts';
import { openConnection } from './connection.ts';
import type { Answer, Job, Numbered } from './jobs.ts';
import { createNames } from './names.ts';
import { createWrite, Unmet } from './write.ts';
import { createWriteRecord, purgeExpired } from './write-records.ts';
import type { WriterOptions } from './writer.ts';

type Jobs = readonly Numbered<Job>[];

const options = workerData as WriterOptions;
const port = parentPort!;
const connection = openConnection(options.path, 'write', 16);
const names = createNames(connection);
let write = createWrite(connection, names, options.searchSeconds);
const writeRecord = createWriteRecord(connection);

/** A transaction takes at most about this many changes, so that the first of it need not wait for all the others. */
const fullTransaction = 1000;
const purgeMilliseconds = 60_000;
let purged = 0;

const run = (job: Job): unknown => {
  switch (job.op) {
    case 'commit':
      write(job.changes);
      return undefined;
    case 'stage':
    case 'sweep':
    case 'discard':
      return writeBytes(connection, job);
    case 'ping':
      return undefined;
    default:
      purge(job.now);
      return writeRecord(job);
  }
};

/** One job of a transaction by itself: what it did is taken back when it fails, and the others stand. */
const attempt = (job: Job): Answer => {
  connection.run('SAVEPOINT job', []);
  try {
    const done = run(job);
    connection.run('RELEASE job', []);
    return { done };
  } catch (error) {
    connection.run('ROLLBACK TO job', []);
    connection.run('RELEASE job', []);
    names.forget();
    return toAnswer(error);
  }
};

const toAnswer = (error: unknown): Answer => {
  if (error instanceof Unmet) return { conflict: error.place };
  if (error instanceof TooSlow) return { tooSlow: true };
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
};

const transact = (jobs: Jobs): readonly Numbered<Answer>[] => {
  try {
    connection.run('BEGIN IMMEDIATE', []);
    const answers = jobs.map(({ number, content }) => ({ number, content: attempt(content) }));
    connection.run('COMMIT', []);
    return answers;
  } catch (error) {
    takeBack();
    return jobs.map(({ number }) => ({ number, content: toAnswer(error) }));
  }
};

/** Records expire by the clock of those who write them. */
const purge = (now: number): void => {
  if (now - purged < purgeMilliseconds) return;
  // While there are more, each further write removes some.
  if (purgeExpired(connection, now) === 'all') purged = now;
};

/** The transaction as a whole failed (a full disk): whatever was learned in it is forgotten. */
const takeBack = (): void => {
  if (connection.database.isTransaction) connection.run('ROLLBACK', []);
  names.forget();
  write = createWrite(connection, names, options.searchSeconds);
};

const sizeOf = (job: Job): number => (job.op === 'commit' ? job.changes.length : 1);

/** Takes what has arrived meanwhile, up to a full transaction. */
const withWaiting = (first: Jobs): Jobs => {
  const jobs = [...first];
  let size = jobs.reduce((sum, { content }) => sum + sizeOf(content), 0);
  while (size < fullTransaction) {
    const received = receiveMessageOnPort(port) as { message: Jobs | 'close' } | undefined;
    if (received === undefined) break;
    if (received.message === 'close') {
      isClosing = true;
      break;
    }
    jobs.push(...received.message);
    size += received.message.reduce((sum, { content }) => sum + sizeOf(content), 0);
  }
  return jobs;
};

let isClosing = false;

/**
 * Reads go through a memory map of the file, but not of the log beside it: when no write has come for a while, what is in
 * the log is brought into the file.
 */
const settle = (): void => {
  connection.run('PRAGMA wal_checkpoint(PASSIVE)', []);
};
const restMilliseconds = 500;
const rest = setTimeout(settle, restMilliseconds);

const close = (): void => {
  clearTimeout(rest);
  connection.close();
  port.postMessage('closed');
  port.close();
};

port.on('message', (message: Jobs | 'close') => {
  if (message !== 'close') port.postMessage(transact(withWaiting(message)));
  rest.refresh();
  if (message === 'close' || isClosing) close();
});
port.postMessage('ready');
