// worklist: the Task that asks a clerk whether a new Patient is one who is known already.

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { stringify } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Registry } from '../search/registry.ts';
import type { Change, Store } from '../store/port.ts';
import type { Grade } from './match/grade.ts';

export interface Candidate {
  readonly id: string;
  readonly grade: Grade;
  readonly score: number;
}

export interface Doubt {
  /** The Patient without a health ID. */
  readonly patient: string;
  readonly candidates: readonly Candidate[];
  readonly at: number;
}

export interface Desk {
  readonly store: Store;
  readonly registry: Registry;
  readonly newId: () => string;
}

export const taskSystem = 'https://meridian.example/CodeSystem/identity-task';

/**
 * The Task as a change, kept by whoever keeps the Patient. It names those candidates alone that the caller may see: the others
 * must not be told of.
 */
export const identityTask = async (
  { patient, candidates, at }: Doubt,
  permit: Permit,
  desk: Desk,
): Promise<Extract<Change, { kind: 'put' }>> => {
  const key = { type: 'Task', id: desk.newId() };
  const seen = await visible(candidates, permit, desk);
  const isCertain = candidates.some(({ grade }) => grade === 'certain');
  const code = isCertain ? 'propose-merge' : 'review-match';
  const time = new Date(at).toISOString();
  const resource: Resource = {
    resourceType: 'Task',
    id: key.id,
    meta: { versionId: '1', lastUpdated: time },
    ...{ status: 'requested', intent: 'proposal' },
    code: { coding: [{ system: taskSystem, code }], text: words[code] },
    focus: { reference: `Patient/${patient}` },
    authoredOn: time,
    ...(permit.custodian?.startsWith('Organization/')
      ? { owner: { reference: permit.custodian } }
      : {}),
    ...(seen.length > 0 ? { input: seen.flatMap(inputsOf) } : {}),
  };
  return {
    kind: 'put',
    version: {
      ...{ ...key, version: '1', at, deleted: false, method: 'POST' },
      ...(permit.custodian === undefined ? {} : { custodian: permit.custodian }),
      text: stringify(resource),
    },
    entries: desk.registry.extract(resource),
    expect: [{ op: 'version', key, version: undefined }],
  };
};

const words = {
  'review-match': 'This Patient may be one who is known already.',
  'propose-merge': 'This Patient is known already; merge the two.',
} as const;

const visible = async (
  candidates: readonly Candidate[],
  permit: Permit,
  { store }: Desk,
): Promise<readonly Candidate[]> => {
  const ids = candidates.map(({ id }) => id);
  const plan = restrict({ op: 'id', ids }, ['Patient'], permit, 'read');
  const { items } = await store.resources.search(plan, { sort: [], size: ids.length });
  const known = new Set(items.filter(({ type }) => type === 'Patient').map(({ id }) => id));
  return candidates.filter(({ id }) => known.has(id));
};

const inputsOf = ({ id, grade, score }: Candidate) => [
  { type: { text: 'candidate' }, valueReference: { reference: `Patient/${id}` } },
  { type: { text: 'match-grade' }, valueCode: grade },
  { type: { text: 'score' }, valueDecimal: score },
];
