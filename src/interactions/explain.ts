// Explain: how a search would run, instead of its results (`?__explain`).

import { unrestricted, type Permit } from '../access/permit.ts';
import { explain } from '../search/explain.ts';
import type { Plan } from '../search/plan.ts';
import type { Window } from '../search/window.ts';
import type { Context, FhirResponse } from './types.ts';

/**
 * Parameters: the plan in words, and what the store makes of it. The latter goes by how many resources there are, which only
 * those may know who may see them all.
 */
export const explainSearch = async (
  plan: Plan,
  window: Window,
  permit: Permit,
  { store }: Context,
): Promise<FhirResponse> => {
  const engine = permit === unrestricted ? [await store.resources.explain(plan, window)] : [];
  const parameter = [
    { name: 'plan', valueString: explain(plan) },
    ...engine.map((way) => ({
      name: 'engine',
      valueString: typeof way === 'string' ? way : JSON.stringify(way, null, 2),
    })),
  ];
  const text = JSON.stringify({ resourceType: 'Parameters', parameter });
  return { status: 200, text, isWhole: true };
};
