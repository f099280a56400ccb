// Finds the one resource that criteria inside a transaction mean, leaving out what the transaction itself removes.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { multipleMatches } from '../../fhir/problem.ts';
import { planCriteria } from '../../search/plan-criteria.ts';
import { and, not, type Plan } from '../../search/plan.ts';
import type { Version } from '../../store/port.ts';
import type { Criteria } from '../conditional.ts';
import { checkMaySearch } from '../may.ts';
import type { Context } from '../types.ts';

export interface Asked extends Criteria {
  /** Ids that do not count. */
  readonly except: readonly string[];
}

export interface Found {
  /** What the criteria mean within the caller's rights, to be expected at the commit. */
  readonly plan: Plan;
  readonly match?: Version;
}

/** Throws 412 when several match. */
export const findMatch = async (asked: Asked, permit: Permit, context: Context): Promise<Found> => {
  const { plan, matches } = await findMatches(asked, permit, context);
  if (matches.length > 1)
    throw multipleMatches(`The criteria '${asked.criteria}' match more than one ${asked.type}.`);
  return matches[0] ? { plan, match: matches[0] } : { plan };
};

/** At most two of the matches. */
export const findMatches = async (
  { type, criteria, base, except }: Asked,
  permit: Permit,
  context: Context,
): Promise<{ readonly plan: Plan; readonly matches: readonly Version[] }> => {
  checkMaySearch(type, permit);
  const asked = await planCriteria(type, criteria, { ...context, base, now: context.now() });
  const plan = restrict(asked, [type], permit);
  const wanted = except.length === 0 ? plan : and(plan, not({ op: 'id', ids: except }));
  const { items } = await context.store.resources.search(wanted, { sort: [], size: 2 });
  return { plan, matches: items };
};
