// Pace: how long work in the background rests between its pieces, so that requests go first.

import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';

export interface Pace {
  /** After each piece of work. */
  readonly rest: () => Promise<void>;
  /** Somebody waits for the work: no rests but a turn of the event loop. */
  hurry(isHurried: boolean): void;
}

/** The busier the event loop was while the work rested, the longer it rests again. */
const restFor = (busy: number): number => (busy < 0.2 ? 5 : busy < 0.6 ? 50 : 400);

export const createPace = (): Pace => {
  let isHurried = false;
  let busy = 0;
  return {
    rest: async () => {
      const before = performance.eventLoopUtilization();
      if (isHurried) await setImmediate();
      else await setTimeout(restFor(busy), undefined, { ref: false });
      busy = performance.eventLoopUtilization(before).utilization;
    },
    hurry: (isNow) => {
      isHurried = isNow;
    },
  };
};
