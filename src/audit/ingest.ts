// Ingest: brings the journal's rows into the store as AuditEvents, in the background, so that they are searched like anything.

import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { listFiles, type JournalFile } from './files.ts';
import { createPace } from './pace.ts';
import { readRows, type Slice } from './read-rows.ts';
import type { StoreRows } from './store-rows.ts';

/** How far the rows of which file are in the store. */
export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly chain: string;
  /** The last row that is in. */
  readonly n: number;
}

export interface Ingesting {
  readonly folder: string;
  readonly storeRows: StoreRows;
  readonly readPlace: () => Promise<Place | undefined>;
  readonly writePlace: (place: Place) => Promise<void>;
  /** The chain of this process, and its last row that is written. */
  readonly chain: string;
  readonly written: () => number;
  /** Rows of earlier processes that are not in yet. */
  readonly older: number;
  readonly failed: (error: unknown) => void;
}

export interface Ingester {
  /** Rows that are written and not in the store yet. */
  readonly backlog: () => number;
  /**
   * Resolves when all rows written until now are in the store: `complete`. When there are more than `mostWaitedFor`, or it
   * takes longer than `waitMilliseconds`: `behind`.
   */
  readonly settled: () => Promise<'complete' | 'behind'>;
  /** What is left is brought in at the next start. */
  readonly stop: () => Promise<void>;
}

const mostWaitedFor = 2_000;
const waitMilliseconds = 5_000;
const restMilliseconds = 250;

interface Waiter {
  readonly n: number;
  readonly done: () => void;
}

export const startIngester = (ingesting: Ingesting): Ingester => {
  const { folder, chain, written, storeRows } = ingesting;
  let place: Place | undefined;
  let { older } = ingesting;
  let waiters: readonly Waiter[] = [];
  let isStopped = false;
  const pace = createPace();

  const isIn = (n: number): boolean =>
    older === 0 && (n === 0 || (place?.chain === chain && place.n >= n));
  const backlog = (): number => older + written() - (place?.chain === chain ? place.n : 0);

  const advance = async (file: JournalFile, { rows, offset }: Slice): Promise<void> => {
    await storeRows(file.chain, rows, pace.rest);
    place = { file: file.name, offset, chain: file.chain, n: rows.at(-1)?.n ?? 0 };
    if (file.chain !== chain) older = Math.max(0, older - rows.length);
    await ingesting.writePlace(place);
    const [done, left] = [waiters.filter(({ n }) => isIn(n)), waiters.filter(({ n }) => !isIn(n))];
    waiters = left;
    for (const waiter of done) waiter.done();
  };

  /** The next finished rows, wherever they are. */
  const step = async (): Promise<boolean> => {
    for (const file of filesFrom(await listFiles(folder), place)) {
      const from = file.name === place?.file ? place.offset : 0;
      const slice = await readRows(join(folder, file.name), from);
      if (slice.rows.length === 0) continue;
      await advance(file, slice);
      return true;
    }
    older = 0;
    return false;
  };

  const run = async (): Promise<void> => {
    place = await ingesting.readPlace();
    while (!isStopped) {
      if (backlog() > 0 || waiters.length > 0) {
        const hasMore = await step().catch(async (error: unknown) => {
          ingesting.failed(error);
          await wake.wait(4 * restMilliseconds);
          return true;
        });
        if (hasMore) continue;
      }
      await wake.wait(restMilliseconds);
    }
  };

  const wake = createWake();
  const running = run();
  return {
    backlog,
    settled: async () => {
      const n = written();
      if (isIn(n)) return 'complete';
      if (isStopped || backlog() > mostWaitedFor) return 'behind';
      pace.hurry(true);
      const { promise, resolve } = Promise.withResolvers<'complete' | 'behind'>();
      const waiter: Waiter = { n, done: () => resolve('complete') };
      waiters = [...waiters, waiter];
      wake.now();
      const limit = setTimeout(waitMilliseconds, 'behind' as const, { ref: false });
      const outcome = await Promise.race([promise, limit]);
      waiters = waiters.filter((each) => each !== waiter);
      if (waiters.length === 0) pace.hurry(false);
      return outcome;
    },
    stop: async () => {
      isStopped = true;
      pace.hurry(true);
      wake.now();
      await running;
    },
  };
};

const filesFrom = (
  files: readonly JournalFile[],
  place: Place | undefined,
): readonly JournalFile[] =>
  place === undefined ? files : files.filter(({ name }) => name >= place.file);

/** A sleep that can be ended. */
const createWake = () => {
  let end = (): void => undefined;
  return {
    now: () => {
      end();
    },
    wait: async (milliseconds: number): Promise<void> => {
      const controller = new AbortController();
      end = () => {
        controller.abort();
      };
      await setTimeout(milliseconds, undefined, { ref: false, signal: controller.signal }).catch(
        () => setImmediate(),
      );
      end = () => undefined;
    },
  };
};
