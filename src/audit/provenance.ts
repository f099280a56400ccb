// Provenance: who wrote which versions, when, for whom and why; stored with what was written.
// https://hl7.org/fhir/R4/provenance.html

import type { Caller } from '../access/caller.ts';
import { documentOf } from '../fhir/json.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';

export interface WrittenBy {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One for all that a request wrote of one record. It has no id yet. */
export const provenanceOf = (written: readonly Version[], { caller, at }: WrittenBy): Resource => ({
  resourceType: 'Provenance',
  target: targetsOf(written),
  recorded: new Date(at).toISOString(),
  ...reasonOf(caller),
  activity: { coding: [activityOf(written)] },
  agent: agentsOf(caller),
  ...revisionOf(written),
});

/** "The target list … the versions that were written." */
export const targetsOf = (written: readonly Version[]): readonly object[] =>
  written.map((version) => ({
    reference: `${version.type}/${version.id}/_history/${version.version}`,
  }));

const participants = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';

/** Who asked, and by which client: a client that nobody uses is who asked itself. */
export const agentsOf = (caller: Caller): readonly object[] => {
  const { fhirUser, user, client } = caller;
  const principal = principalOf(caller);
  const onBehalfOf = principal === undefined ? {} : { onBehalfOf: { reference: principal } };
  // Without a display: it would be indexed with every write.
  const type = (code: string): object => ({ type: { coding: [{ system: participants, code }] } });
  const isUsed = fhirUser !== undefined || user !== undefined;
  const who = fhirUser === undefined ? { identifier: { value: user } } : { reference: fhirUser };
  return [
    ...(isUsed ? [{ ...type('author'), who, ...onBehalfOf }] : []),
    {
      ...type('assembler'),
      who: { identifier: { value: client } },
      ...(isUsed ? {} : onBehalfOf),
    },
  ];
};

/** For whom it was done: an organization, or the patient whom a proxy stands for. */
const principalOf = ({ role, organization, patient }: Caller): string | undefined =>
  role === 'proxy' && patient !== undefined ? `Patient/${patient}` : organization;

/** What a client tells of how something came to be, and besides who told so. What is no list stays, so that the validation finds it. */
export const attest = (told: Document, caller: Caller): Document => {
  const { agent = [] } = told.exact;
  return Array.isArray(agent)
    ? documentOf({ ...told.exact, agent: [...(agent as unknown[]), ...agentsOf(caller)] })
    : told;
};

const operations = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

const activities = {
  create: { system: operations, code: 'CREATE', display: 'create' },
  update: { system: operations, code: 'UPDATE', display: 'revise' },
  delete: { system: operations, code: 'DELETE', display: 'delete' },
  several: { system: 'http://hl7.org/fhir/restful-interaction', code: 'transaction' },
} as const;

const activityOf = (written: readonly Version[]): object => {
  const kinds = new Set(written.map(kindOf));
  const [kind] = kinds;
  return activities[kinds.size === 1 && kind !== undefined ? kind : 'several'];
};

const kindOf = ({ deleted, method, version }: Version): 'create' | 'update' | 'delete' => {
  if (deleted) return 'delete';
  return method === 'POST' || version === '1' ? 'create' : 'update';
};

/** The version before, when it is one. */
const revisionOf = (written: readonly Version[]): object => {
  const [only] = written;
  if (written.length !== 1 || !only || only.version === '1') return {};
  const reference = `${only.type}/${only.id}/_history/${String(Number(only.version) - 1)}`;
  return { entity: [{ role: 'revision', what: { reference } }] };
};

const reasonOf = ({ purposes = [] }: Caller): object => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
  if (purposes.length === 0) return {};
  return { reason: purposes.map((code) => ({ coding: [{ system, code }] })) };
};
