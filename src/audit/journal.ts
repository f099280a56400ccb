// Journal: rows of all requests in flight go to the operating system together, once per turn of the event loop.

import type { Sign } from './chain.ts';
import { realDisk, type Disk } from './disk.ts';
import { createChainFile, type ChainStart } from './journal-file.ts';
import type { SignLine } from './lines.ts';
import { draftText, type Draft, type Who } from './row.ts';

export interface JournalOptions extends ChainStart {
  readonly sign: Sign;
  /**
   * `batched`: on the disk itself within 100 ms, so a power cut may cost the rows of that time (the end of the process costs
   * none). `strict`: on the disk before the answer.
   */
  readonly sync: 'batched' | 'strict';
  /** Called with what a row could not be written for, and with undefined when it works again. */
  readonly failed: (error: unknown) => void;
  /** Called with every place that is vouched for. */
  readonly signed: (line: SignLine) => void;
  readonly disk?: Disk;
}

export interface Journal {
  /**
   * Resolves when the row is with the operating system (`strict`: on the disk). Rejects when it could not be written; it is
   * kept then and written when that is possible again.
   */
  readonly append: (draft: Draft, who?: Who) => Promise<void>;
  /** Whether rows can be written, as far as is known. */
  readonly works: () => boolean;
  /** The last row that was written. */
  readonly written: () => number;
  /** Writes and signs what is left. */
  readonly close: () => Promise<void>;
}

const syncMilliseconds = 100;
const signMilliseconds = 10_000;
const retryMilliseconds = 250;

interface Batch {
  readonly lines: string[];
  readonly done: PromiseWithResolvers<undefined>;
}

export const createJournal = (options: JournalOptions): Journal => {
  const { chain, now, sign, sync, signed } = options;
  const file = createChainFile(options, options.disk ?? realDisk);
  let n = 0;
  let batch = emptyBatch();
  let isScheduled = false;
  let failure: Error | undefined;
  let signedUpTo = 0;

  /** Vouches for what is written, within the next batch. */
  const signLine = (): SignLine | undefined => {
    const head = file.head();
    if (head.n === signedUpTo) return undefined;
    const t = now();
    return { j: 'sign', ...head, t, s: sign({ chain, ...head, t }) };
  };
  const write = (lines: readonly string[], line?: SignLine): void => {
    const upTo = lines.length > 0 ? n : file.head().n;
    if (line) {
      file.write(`${JSON.stringify(line)}\n${lines.join('')}`, upTo);
      signedUpTo = line.n;
      signed(line);
    } else if (lines.length > 0) file.write(lines.join(''), upTo);
  };

  const fail = (error: unknown): void => {
    failure = new Error('The journal of accesses cannot be written.', { cause: error });
    options.failed(error);
    setTimeout(retry, retryMilliseconds).unref();
  };
  const retry = (): void => {
    try {
      write(batch.lines);
    } catch {
      setTimeout(retry, retryMilliseconds).unref();
      return;
    }
    batch.done.resolve(undefined);
    batch = emptyBatch();
    failure = undefined;
    options.failed(undefined);
    syncs.ask();
  };

  const syncs = createSyncs(() => file.sync(), fail);
  const signs = createTimer(signMilliseconds, () => {
    if (failure) return;
    try {
      write([], signLine());
      syncs.ask();
    } catch (error) {
      fail(error);
    }
  });

  const flush = (): void => {
    isScheduled = false;
    const { lines, done } = batch;
    batch = emptyBatch();
    if (failure === undefined)
      try {
        write(lines);
      } catch (error) {
        fail(error);
      }
    if (failure) {
      batch.lines.push(...lines);
      done.reject(failure);
      return;
    }
    signs.start();
    if (sync === 'strict') syncs.now(done);
    else {
      syncs.ask();
      done.resolve(undefined);
    }
  };

  return {
    append: (draft, who) => {
      n += 1;
      batch.lines.push(`{"n":${String(n)},"t":${String(now())},${draftText(draft, who)}\n`);
      if (!isScheduled) {
        isScheduled = true;
        setImmediate(flush);
      }
      return batch.done.promise;
    },
    works: () => failure === undefined,
    written: () => file.head().n,
    close: async () => {
      if (isScheduled) flush();
      signs.stop();
      try {
        write(batch.lines);
        write([], signLine());
        await syncs.end();
      } finally {
        file.close();
      }
    },
  };
};

const emptyBatch = (): Batch => {
  const done = Promise.withResolvers<undefined>();
  // Who does not wait for a row need not hear that it failed: requests are refused meanwhile.
  done.promise.catch(() => undefined);
  return { lines: [], done };
};

interface Syncs {
  /** Soon, together with what comes until then. */
  ask(): void;
  /** At once, or as soon as the one under way is done. */
  now(done: PromiseWithResolvers<undefined>): void;
  end(): Promise<void>;
}

const createSyncs = (sync: () => Promise<void>, failed: (error: unknown) => void): Syncs => {
  let waiting: PromiseWithResolvers<undefined>[] = [];
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const served = waiting;
      waiting = [];
      try {
        await sync();
        for (const { resolve } of served) resolve(undefined);
      } catch (error) {
        failed(error);
        for (const { reject } of served) reject(error);
      }
    }
    running = undefined;
  };
  const now = (done: PromiseWithResolvers<undefined>): void => {
    waiting.push(done);
    running ??= run();
  };
  const timer = createTimer(syncMilliseconds, () => {
    sync().catch(failed);
  });
  return {
    ask: timer.start,
    now,
    end: async () => {
      timer.stop();
      await running;
    },
  };
};

/** Runs once, so long after it was started; starting it again meanwhile changes nothing. */
const createTimer = (milliseconds: number, run: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, milliseconds).unref();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
};
