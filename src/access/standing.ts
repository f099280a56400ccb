// Standing: whether a proxy may stand for the patient in view now: an active RelatedPerson whom an active Consent names.

import { compartmentParam } from '../search/build-registry.ts';
import { and, not, type Plan } from '../search/plan.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore } from '../store/port.ts';
import type { Caller } from './caller.ts';

export interface StandingSources {
  readonly resources: Pick<ResourceStore, 'search'>;
  readonly definitions: Definitions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Everyone but a proxy stands for themself. */
export const hasStanding = async (caller: Caller, sources: StandingSources): Promise<boolean> => {
  if (caller.role !== 'proxy') return true;
  const { fhirUser = '', patient } = caller;
  const [type, id] = fhirUser.split('/');
  if (patient === undefined || type !== 'RelatedPerson' || id === undefined) return false;
  const plan = standing({ id, patient: `Patient/${patient}` }, sources);
  return (await sources.resources.search(plan, { sort: [], size: 1 })).items.length > 0;
};

const standing = (
  { id, patient }: { readonly id: string; readonly patient: string },
  { definitions, now }: StandingSources,
): Plan => {
  const paramsOf = (type: string, code: string) => valueParams(type, code, definitions);
  const inRecord: Plan = { op: 'reference', params: [compartmentParam], targets: [patient] };
  const ended: Plan = {
    ...{ op: 'date', params: paramsOf('Consent', 'period') },
    ...{ prefix: 'eb', low: now(), high: now() + 1 },
  };
  const consent = and(
    { op: 'type', types: ['Consent'] },
    { op: 'token', params: paramsOf('Consent', 'status'), any: [{ code: 'active' }] },
    inRecord,
    not(ended),
  );
  return and(
    { op: 'type', types: ['RelatedPerson'] },
    { op: 'id', ids: [id] },
    { op: 'token', params: paramsOf('RelatedPerson', 'active'), any: [{ code: 'true' }] },
    { op: 'reference', params: paramsOf('RelatedPerson', 'patient'), targets: [patient] },
    { op: 'from', params: paramsOf('Consent', 'actor'), plan: consent },
  );
};
