// read-all: everything a plan finds, page after page. For plans that find what somebody still has to do with, never a history.

import type { Context } from '../interactions/types.ts';
import type { Plan } from '../search/plan.ts';
import type { Version } from '../store/port.ts';

export const readAll = async (
  plan: Plan,
  { store }: Pick<Context, 'store'>,
): Promise<readonly Version[]> => {
  const found: Version[] = [];
  let after;
  do {
    const page = await store.resources.search(plan, {
      ...{ sort: [], size: pageSize },
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
};

const pageSize = 1000;
