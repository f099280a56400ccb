// readers: the main thread's side of the reader threads. Each does one reading at a time; others wait in line.

import { Worker } from 'node:worker_threads';
import { TooSlow } from '../port.ts';
import type { Effort, Reader } from './reader.ts';
import { threadUrl } from './thread-url.ts';

export interface ReaderOptions {
  readonly path: string;
}

type Method = 'search' | 'count' | 'versions' | 'countVersions';
/** Without the effort, which the thread makes from the time that is left. */
type Parameters<M extends Method> = Reader[M] extends (
  ...parameters: [...infer Rest, Effort]
) => unknown
  ? Rest
  : never;
type Result<M extends Method> = Exclude<ReturnType<Reader[M]>, undefined>;

export type Reading = {
  [M in Method]: {
    readonly method: M;
    readonly parameters: Parameters<M>;
    readonly milliseconds: number;
  };
}[Method];

export interface Readers {
  /** Throws TooSlow when it takes longer than a search may, waiting in line included. */
  run<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly reading: { readonly method: Method; readonly parameters: readonly unknown[] };
  readonly until: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly result: unknown } | { readonly error: string };

/** Two: one long search leaves the other free, and more would only share the same cores. */
const mostThreads = 2;

export const createReaders = (options: ReaderOptions, searchSeconds: number): Readers => {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  const line: Waiting[] = [];
  const tooSlow = () =>
    new TooSlow(`The search took longer than ${String(searchSeconds)} seconds.`);

  const start = (): Worker => {
    const thread = new Worker(threadUrl('reader-thread', import.meta.url), { workerData: options });
    thread.unref();
    thread.on('message', (answer: Answer) => {
      settle(thread, answer);
      idle.push(thread);
      next();
    });
    thread.on('error', (error) => {
      busy.get(thread)?.reject(error as Error);
    });
    thread.on('exit', () => {
      busy.get(thread)?.reject(new Error('The store was closed during a search.'));
      busy.delete(thread);
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
      next();
    });
    return thread;
  };

  const settle = (thread: Worker, answer: Answer): void => {
    const waiting = busy.get(thread);
    busy.delete(thread);
    if ('error' in answer)
      waiting?.reject(new Error(`The store could not search: ${answer.error}`));
    else if (answer.result === undefined) waiting?.reject(tooSlow());
    else waiting?.resolve(answer.result);
  };

  const next = (): void => {
    while (line.length > 0 && (idle.length > 0 || busy.size < mostThreads)) {
      const waiting = line.shift()!;
      const milliseconds = waiting.until - performance.now();
      if (milliseconds <= 0) {
        waiting.reject(tooSlow());
        continue;
      }
      const thread = idle.pop() ?? start();
      busy.set(thread, waiting);
      thread.postMessage({ ...waiting.reading, milliseconds });
    }
  };

  return {
    run: <M extends Method>(method: M, parameters: Parameters<M>) =>
      new Promise<Result<M>>((resolve, reject) => {
        line.push({
          reading: { method, parameters },
          until: performance.now() + searchSeconds * 1000,
          resolve: resolve as Waiting['resolve'],
          reject,
        });
        next();
      }),
    close: async () => {
      line.splice(0).forEach(({ reject }) => reject(new Error('The store was closed.')));
      await Promise.all([...idle, ...busy.keys()].map((thread) => thread.terminate()));
    },
  };
};
