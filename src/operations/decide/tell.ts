// tell: whoever waits for a decision hears of it, once.

import {
  waitingKind,
  type Decided,
  type OnDecided,
  type Waiting,
} from '../../access/registered.ts';
import type { Context } from '../../interactions/types.ts';

/** Who waits for the decision of a Task; undefined where the person stood at a desk. */
export const waitingFor = async (
  task: string,
  { store }: Pick<Context, 'store'>,
): Promise<Waiting | undefined> =>
  (await store.records.get(waitingKind, task)) as Waiting | undefined;

export const tellDecided = async (
  task: string,
  decided: Omit<Decided, 'waiting'>,
  onDecided: OnDecided,
  { store }: Pick<Context, 'store'>,
): Promise<void> => {
  const waiting = (await store.records.take(waitingKind, task)) as Waiting | undefined;
  if (waiting) await onDecided({ ...decided, waiting });
};
