// facets: of a type, the parts that rules of Consents can tell apart by kind.

import { kindOf } from '../access/kinds.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { everything, type Plan } from '../search/plan.ts';
import type { Asking } from './asking.ts';
import { isShareable, kindPlan, kindsOf } from './kinds.ts';

export interface Facet {
  /** Which resources of the type. */
  readonly plan: Plan;
  /** What a rule must name to be about them, less than everything. */
  readonly names: readonly string[];
  /** Whether a rule about everything shares them. */
  readonly isInEverything: boolean;
}

export const facetsOf = (
  type: string,
  { role, there }: Pick<Asking, 'role' | 'there'>,
  definitions: Definitions,
): readonly Facet[] => {
  const isWhole = role !== 'pharmacist';
  if (type === 'Patient')
    return [
      { plan: everything, names: [isWhole ? 'any' : 'medications'], isInEverything: isWhole },
    ];
  const isServed = isWhole || kindOf(type) === 'dispensing';
  if (!isServed || !isShareable(type, definitions)) return [];
  const kinds = kindsOf(type, definitions).filter((kind) => kind !== 'everything');
  const typed = there.typed ? [type] : [];
  const common = { isInEverything: isWhole };
  if (kinds.length === 0) return [{ ...common, plan: everything, names: typed }];
  return kinds.map((kind) => ({
    ...common,
    plan: kindPlan(kind, type, definitions),
    names: [kind, ...typed],
  }));
};
