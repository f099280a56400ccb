// worklist: the Task that asks a clerk whether a new Patient is one who is known already.

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import { businessRule, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import { asOperation, identityCodeOf, identityTaskSystem } from '../interactions/servers-tasks.ts';
import type { Context } from '../interactions/types.ts';
import { and, type Plan } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import type { Store, Version } from '../store/port.ts';
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

/**
 * The Task as a change, kept by whoever keeps the Patient. It names those candidates alone that the caller may see: the others
 * must not be told of.
 */
export const identityTask = async (
  { patient, candidates, at }: Doubt,
  permit: Permit,
  desk: Desk,
): Promise<Put> => {
  const key = { type: 'Task', id: desk.newId() };
  const seen = await visible(candidates, permit, desk);
  const isCertain = seen.some(({ grade }) => grade === 'certain');
  const code = isCertain ? 'propose-merge' : 'review-match';
  const time = new Date(at).toISOString();
  const resource: Resource = {
    resourceType: 'Task',
    id: key.id,
    meta: { versionId: '1', lastUpdated: time },
    ...{ status: 'requested', intent: 'proposal' },
    code: { coding: [{ system: identityTaskSystem, code }], text: words[code] },
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

/** The Task with the person in it who is not a Patient yet. */
export const withDraft = (
  task: Put,
  patient: Resource,
  { registry }: Pick<Desk, 'registry'>,
): Put => {
  const resource = JSON.parse(task.version.text) as Resource;
  const { resourceType, id, meta, ...rest } = resource;
  const whole: Resource = {
    resourceType,
    ...(id === undefined ? {} : { id }),
    ...(meta === undefined ? {} : { meta }),
    contained: [{ ...patient, id: 'person' }],
    ...rest,
    focus: { reference: '#person' },
  };
  const version = { ...task.version, text: stringify(whole) };
  return { ...task, version, entries: registry.extract(whole) };
};

/** The Task of a Patient about whom nobody has decided yet, if the caller may see it. */
export const openTaskOf = async (
  patient: string,
  permit: Permit,
  { store }: Pick<Desk, 'store'>,
): Promise<Version | undefined> => {
  const about: Plan = { op: 'reference', params: ['Task.focus'], targets: [`Patient/${patient}`] };
  const codes = Object.keys(words).map((code) => ({ system: identityTaskSystem, code }));
  const plan = and(
    { op: 'type', types: ['Task'] },
    about,
    { op: 'token', params: ['Task.code'], any: codes },
    { op: 'token', params: ['Task.status'], any: [{ code: 'requested' }] },
  );
  const { items } = await store.resources.search(restrict(plan, ['Task'], permit), {
    ...{ sort: [], size: 1 },
  });
  return items[0];
};

/** The changes that note a clerk's decision. Throws 404 for a Task that is not there for the caller, 422 for one of another kind. */
export const closeTask = async (
  id: string | undefined,
  permit: Permit,
  context: Context,
): Promise<readonly Put[]> => {
  if (id === undefined) return [];
  const current = await locate({ type: 'Task', id }, permit, context);
  if (!current || current.deleted) throw notFound('Task', id);
  const { exact, plain } = parseDocument(current.text, Infinity);
  if (!Object.hasOwn(words, identityCodeOf(plain) ?? '') || exact['status'] !== 'requested')
    throw businessRule(`Task/${id} asks for no decision about a person.`, 'task');
  const document = documentOf({ ...exact, status: 'completed' });
  const draft = { type: 'Task', id, document, method: 'PUT', previous: current } as const;
  return [(await prepare(draft, asOperation(permit), context)).change];
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
