// Later: when a Patient is written who has a health ID, what waits under that number is tried again, after the answer.

import { unrestricted } from '../../access/permit.ts';
import type { Context } from '../../interactions/types.ts';
import { and, type Plan } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Change, ResourceStore } from '../../store/port.ts';
import { heldBy } from './held.ts';
import { waiting } from './hold.ts';
import { refile, type Refiling } from './refile.ts';

export interface LaterOptions {
  readonly refiling: Refiling;
  readonly context: () => Context;
  /** Takes note of what could not be filed; it waits on. */
  readonly failed: (error: unknown) => void;
}

export interface Later {
  /** The same store, that tells of Patients. */
  watch(resources: ResourceStore): ResourceStore;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

/**
 * One after the other, and not more than a few for each number: the rest a clerk files. Who is new has a number that nobody could
 * have named before.
 */
export const createLater = (options: LaterOptions): Later => {
  const numbers = new Set<string>();
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const number of numbers) {
      numbers.delete(number);
      await fileWaiting(number, options).catch(options.failed);
    }
    running = undefined;
  };
  return {
    watch: (resources) => ({
      ...resources,
      commit: async (changes) => {
        await resources.commit(changes);
        for (const number of changes.flatMap((change) => numbersIn(change, options)))
          if (numbers.size < most) numbers.add(number);
        if (numbers.size > 0) running ??= run();
      },
    }),
    settled: async () => {
      while (running) await running;
    },
  };
};

const most = 1000;
const mostOfNumber = 20;

const numbersIn = (change: Change, { refiling, context }: LaterOptions): readonly string[] => {
  if (change.kind !== 'put' || change.version.type !== 'Patient') return [];
  if (change.version.deleted || change.version.version === '1') return [];
  const params = valueParams('Patient', 'identifier', context().definitions);
  return change.entries.flatMap((entry) =>
    entry.kind === 'token' && params.includes(entry.param) && entry.system === refiling.system
      ? [entry.code]
      : [],
  );
};

const fileWaiting = async (
  number: string,
  { refiling, context, failed }: LaterOptions,
): Promise<void> => {
  const around = withoutMeter(context());
  const named: Plan = {
    ...{ op: 'token', any: [{ system: refiling.system, code: number }] },
    params: valueParams('Task', 'group-identifier', around.definitions),
  };
  const plan = and(waiting(around), named);
  const { items } = await around.store.resources.search(plan, { sort: [], size: mostOfNumber });
  for (const task of items) {
    const held = await heldBy(task, around);
    const found = held && { waiting: { task, held }, identified: { kind: 'said' } as const };
    if (found) await refile(found, refiling, unrestricted, around).catch(failed);
  }
};

/** Nobody asks: nobody's look-ups are counted. */
const withoutMeter = (context: Context): Context => {
  const entries = Object.entries(context).filter(([name]) => name !== 'meter');
  return Object.fromEntries(entries) as unknown as Context;
};
