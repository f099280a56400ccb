// look-after: looks after those who wait: ends holds and offers that are over, offers what is free, and tells who was offered
// something. Soon after a time was given up, and every while, because something may have come between.

import type { Context } from '../../interactions/types.ts';
import { endHolds } from '../end-holds.ts';
import { endWaiting } from './end-waiting.ts';
import { offerTimes } from './offer-times.ts';
import { tellOffers, type TellPatient } from './tell-offers.ts';

export interface WaitingListOptions {
  readonly context: () => Context;
  readonly tell: TellPatient;
  /** Takes note of what went wrong; it is tried again. */
  readonly failed: (error: unknown) => void;
  readonly everySeconds: number;
}

export interface WaitingList {
  /** Something may be free. */
  readonly note: () => void;
  /** Looks no more, and waits for what is under way. */
  readonly stop: () => Promise<void>;
}

export const openWaitingList = (options: WaitingListOptions): WaitingList => {
  const { context, tell, failed, everySeconds } = options;
  let running: Promise<void> | undefined;
  let isNoted = false;
  const run = async (): Promise<void> => {
    while (isNoted) {
      isNoted = false;
      await lookAfter(context(), tell).catch(failed);
    }
    running = undefined;
  };
  const note = (): void => {
    isNoted = true;
    running ??= run();
  };
  const timer = setInterval(note, everySeconds * 1000).unref();
  return {
    note,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};

/** One round. What another server is just doing is left to it. */
export const lookAfter = async (context: Context, tell: TellPatient): Promise<void> => {
  await endHolds(context);
  await endWaiting(context);
  await offerTimes(context);
  await tellOffers(context, tell);
};
