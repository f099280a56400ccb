// Count history: how many versions a history shows. A number that held those it withholds would tell of them.

import type { Permit } from '../access/permit.ts';
import type { Plan } from '../search/plan.ts';
import type { HistoryWindow, Key, Page, Version } from '../store/port.ts';
import { aboutSamePatients } from './same-patients.ts';
import type { Context } from './types.ts';

export interface Counted {
  readonly of: Partial<Key>;
  readonly plan: Plan;
  readonly types: readonly string[];
  readonly window: HistoryWindow;
}

/** undefined when there are too many to be looked at one by one. */
export const countHistory = async (
  { of, plan, types, window }: Counted,
  permit: Permit,
  context: Pick<Context, 'store' | 'registry'>,
): Promise<number | undefined> => {
  const { resources } = context.store;
  const isFree = types.every((type) => permit.filter(type, 'read').op === 'everything');
  if (isFree) return resources.countVersions(of, plan, window);
  let count = 0;
  let looked = 0;
  let page: Page<Version> = await resources.versions(of, plan, { ...window, size: atOnce });
  for (;;) {
    looked += page.items.length;
    count += (await aboutSamePatients(page.items, permit, context)).length;
    if (page.next === undefined) return count;
    if (looked >= mostLookedAt) return undefined;
    page = await resources.versions(of, plan, { ...window, size: atOnce, after: page.next });
  }
};

const atOnce = 500;
export const mostLookedAt = 2_000;
