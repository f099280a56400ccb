// Explain: how a search would run, instead of its results (`?__explain`).

import { explain } from '../search/explain.ts';
import type { Plan } from '../search/plan.ts';
import type { Window } from '../search/window.ts';
import type { Context, FhirResponse } from './types.ts';

/** Parameters: the plan in words, and what the store makes of it. */
export const explainSearch = async (
  plan: Plan,
  window: Window,
  { store }: Context,
): Promise<FhirResponse> => {
  const engine = await store.resources.explain(plan, window);
  const parameter = [
    { name: 'plan', valueString: explain(plan) },
    {
      name: 'engine',
      valueString: typeof engine === 'string' ? engine : JSON.stringify(engine, null, 2),
    },
  ];
  const text = JSON.stringify({ resourceType: 'Parameters', parameter });
  return { status: 200, text, isWhole: true };
};
