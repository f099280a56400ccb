// limit-emergencies: how often one user may open records in an emergency: they are rare, and who guesses numbers is not in one.

import type { Caller } from '../access/caller.ts';
import { throttled } from '../fhir/problem.ts';
import type { Context } from '../interactions/types.ts';
import { hasSlot, takeSlot } from './slots.ts';

type Counting = Pick<Context, 'store' | 'now' | 'meter'>;

/** Throws 429 when too many were opened, or too many found nobody, within the hour. */
export const countAttempt = async (caller: Caller, context: Counting): Promise<void> => {
  const [of, sources] = [caller.user ?? '', sourcesOf(context)];
  context.meter?.checkLookUp(caller);
  const hasMisses = await hasSlot({ ...misses, of }, sources);
  if (hasMisses && (await takeSlot({ ...attempts, of }, sources))) return;
  throw throttled('Too many emergencies within an hour.', 3600);
};

/** Nobody was found. */
export const countMiss = async (caller: Caller, context: Counting): Promise<void> => {
  context.meter?.missedLookUp(caller);
  await takeSlot({ ...misses, of: caller.user ?? '' }, sourcesOf(context));
};

const attempts = { kind: 'emergency-attempt', most: 20 } as const;
const misses = { kind: 'emergency-miss', most: 5 } as const;

const sourcesOf = ({ store, now }: Counting) => ({ records: store.records, now });
