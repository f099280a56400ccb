// count: how many resources a plan has.

import type { Plan } from '../../../search/plan.ts';
import { analyze, cheapest, keysOf, type Planner } from './access.ts';
import { sql, type Sql } from './sql.ts';

/** `cost` is about microseconds; the statement gives one row with the number. */
export const compileCount = (
  plan: Plan,
  planner: Planner,
): { readonly cost: number; readonly statement: Sql } => {
  const access = cheapest(analyze(plan, planner), Infinity);
  const keys = keysOf(access, planner.scope);
  const distinct = access.arms.length === 1 ? keys : sql`SELECT key FROM (${keys})`;
  return { cost: access.cost, statement: sql`SELECT count(DISTINCT key) FROM (${distinct})` };
};
