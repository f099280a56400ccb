// writer: the main thread's side of the writer thread.

import { Worker } from 'node:worker_threads';
import { TooSlow } from '../port.ts';
import type { Answer, Job, Numbered } from './jobs.ts';
import { threadUrl } from './thread-url.ts';

export interface WriterOptions {
  readonly path: string;
  readonly searchSeconds: number;
}

export interface Writer {
  /** Durable when it resolves. Throws `UnmetAt` where an expectation does not hold. */
  run(job: Job): Promise<unknown>;
  /** Throws when nothing can be written any more. */
  check(): void;
  close(): Promise<void>;
  /** For tests of what happens when the thread dies. */
  readonly thread: Worker;
}

/** An expectation of a commit does not hold. */
export class UnmetAt extends Error {
  readonly place: readonly [change: number, expect: number];

  constructor(place: readonly [change: number, expect: number]) {
    super('an expectation does not hold');
    this.place = place;
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `onAnswers` is called before anyone hears that a write is done. */
export const openWriter = async (
  options: WriterOptions,
  onAnswers = (): void => undefined,
): Promise<Writer> => {
  const thread = new Worker(threadUrl('writer-thread', import.meta.url), { workerData: options });
  const waiting = new Map<number, Waiting>();
  let outgoing: Numbered<Job>[] = [];
  let count = 0;
  let failure: Error | undefined;

  const fail = (cause: unknown): void => {
    failure ??= new Error('The store cannot write any more: its writer stopped.', { cause });
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const settle = ({ number, content }: Numbered<Answer>): void => {
    const job = waiting.get(number);
    waiting.delete(number);
    if (job === undefined) return;
    if ('done' in content) job.resolve(content.done);
    else job.reject(toError(content));
  };
  // What is asked in one turn of the event loop goes as one message.
  const send = (): void => {
    if (failure === undefined) thread.postMessage(outgoing);
    outgoing = [];
  };

  const ready = Promise.withResolvers<undefined>();
  const closed = Promise.withResolvers<undefined>();
  thread.on('message', (message: readonly Numbered<Answer>[] | 'ready' | 'closed') => {
    if (message === 'ready') ready.resolve(undefined);
    else if (message === 'closed') closed.resolve(undefined);
    else {
      onAnswers();
      message.forEach(settle);
    }
  });
  thread.on('error', (error) => {
    fail(error);
    ready.reject(error);
  });
  thread.on('exit', () => {
    fail(undefined);
    closed.resolve(undefined);
  });
  await ready.promise;

  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  return {
    thread,
    check,
    run: (job) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        const number = (count += 1);
        waiting.set(number, { resolve, reject });
        if (outgoing.length === 0) setImmediate(send);
        outgoing.push({ number, content: job });
      }),
    close: async () => {
      // After a turn of the event loop, so that what was asked before has been sent.
      await new Promise((resolve) => setImmediate(resolve));
      if (failure === undefined) thread.postMessage('close');
      await closed.promise;
      fail(undefined);
      await thread.terminate();
    },
  };
};

const toError = (answer: Exclude<Answer, { done: unknown }>): Error => {
  if ('conflict' in answer) return new UnmetAt(answer.conflict);
  if ('tooSlow' in answer) return new TooSlow('The condition of a write took too long to look up.');
  return new Error(`The store could not write: ${answer.error}`);
};
