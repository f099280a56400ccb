// Plan patients: what somebody types into the patient picker as a search of Patients.

import type { Plan } from '../search/plan.ts';
import { planSearch } from '../search/plan-search.ts';
import type { Query } from '../fhir/query.ts';
import type { Registry } from '../search/registry.ts';
import type { SearchDependencies, SearchLimits } from '../search/search-dependencies.ts';

export interface PlanPatientsSources extends SearchDependencies {
  readonly registry: Registry;
  readonly base: string;
  readonly limits: SearchLimits;
  readonly now: () => number;
}

export const createPlanPatients =
  ({ base, limits, now, ...dependencies }: PlanPatientsSources) =>
  async (query: Query): Promise<Plan> => {
    const types = ['Patient'];
    const asked = { types, query, base, handling: 'strict', limits, now: now() } as const;
    return (await planSearch(asked, dependencies)).plan;
  };
