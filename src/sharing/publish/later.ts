// Later: what waits under a health ID is tried again when its Patient was written, after the answer to that.

import { unrestricted } from '../../access/permit.ts';
import type { Context } from '../../interactions/types.ts';
import { and, type Plan } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import { heldBy } from './held.ts';
import { waiting } from './hold.ts';
import { refile, type Refiling } from './refile.ts';
import { isStillKnown } from './still-known.ts';

export interface LaterOptions {
  readonly refiling: Refiling;
  readonly context: () => Context;
  /** Takes note of what could not be filed; it waits on. */
  readonly failed: (error: unknown) => void;
}

export interface Later {
  note(numbers: readonly string[]): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

/** One number after the other, and not more than a few of each: the rest a clerk files. */
export const createLater = (options: LaterOptions): Later => {
  const noted = new Set<string>();
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const number of noted) {
      noted.delete(number);
      await fileWaiting(number, options).catch(options.failed);
    }
    running = undefined;
  };
  return {
    note: (numbers) => {
      for (const number of numbers) if (noted.size < most) noted.add(number);
      running ??= run();
    },
    settled: async () => {
      while (running) await running;
    },
  };
};

const most = 1000;
const mostOfNumber = 20;

const fileWaiting = async (
  number: string,
  { refiling, context, failed }: LaterOptions,
): Promise<void> => {
  const around = context();
  const named: Plan = {
    ...{ op: 'token', any: [{ system: refiling.system, code: number }] },
    params: valueParams('Task', 'group-identifier', around.definitions),
  };
  const plan = and(waiting(around), named);
  const { items } = await around.store.resources.search(plan, { sort: [], size: mostOfNumber });
  for (const task of items) {
    const held = await heldBy(task, around);
    // Without a sender only a clerk answers for it.
    if (!held || !(await isStillKnown(held.sender, around.store.records))) continue;
    const found = { waiting: { task, held }, identified: { kind: 'said' } as const };
    // Nobody asks, so nobody's look-ups are counted.
    await refile(found, refiling, unrestricted, around).catch(failed);
  }
};
