// Find practitioners: who among those an organization keeps has an identifier, and is in service.

import type { Definitions } from '../../fhir/definitions/types.ts';
import { and } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { ResourceStore } from '../../store/port.ts';
import type { FindPractitioners } from './link.ts';

export const createFindPractitioners =
  (resources: ResourceStore, definitions: Definitions): FindPractitioners =>
  async ({ system, value, organization }) => {
    const params = valueParams('Practitioner', 'identifier', definitions);
    const plan = and(
      { op: 'type', types: ['Practitioner'] },
      { op: 'token', params, any: [{ system, code: value }] },
      { op: 'custodian', organizations: [organization] },
    );
    const { items } = await resources.search(plan, { sort: [], size: 2 });
    return items
      .filter(({ text }) => (JSON.parse(text) as { readonly active?: boolean }).active !== false)
      .map(({ type, id }) => `${type}/${id}`);
  };
