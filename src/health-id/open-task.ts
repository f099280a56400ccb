// open-task: a Task of the identity worklist that nobody has decided yet, read as what it asks about.

import type { Permit } from '../access/permit.ts';
import { documentOf, parseDocument } from '../fhir/json.ts';
import { businessRule, notFound } from '../fhir/problem.ts';
import { readReference } from '../fhir/reference.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import { asOperation, identityTaskSystem } from '../interactions/servers-tasks.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';

export interface OpenTask {
  readonly version: Version;
  readonly resource: Resource;
  /** `requested`: nobody has looked; `accepted`: a clerk has, and the network is to merge. */
  readonly status: 'requested' | 'accepted';
  readonly about: TaskSubject;
}

export type TaskSubject =
  /** Somebody at the desk, or who registered by themself: no Patient yet. */
  | { readonly kind: 'person'; readonly person: Resource }
  /** A Patient who is stored without a health ID. */
  | { readonly kind: 'patient'; readonly id: string };

/** Throws 404 for a Task that is not there for the caller, 422 for one that asks no such thing or asks it no more. */
export const openTask = async (
  id: string,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<OpenTask> => {
  const version = await locate({ type: 'Task', id }, permit, context);
  if (!version || version.deleted) throw notFound('Task', id);
  const resource = JSON.parse(version.text) as Resource;
  const { status } = resource;
  const about = subjectOf(resource);
  if (about === undefined || (status !== 'requested' && status !== 'accepted'))
    throw businessRule(`Task/${id} asks for no decision about a person, or was decided.`, 'Task');
  return { version, resource, status, about };
};

/** The change that notes a decision. Expects that nobody has decided meanwhile. */
export const decideTask = async (
  { version }: OpenTask,
  changes: Readonly<Record<string, unknown>>,
  permit: Permit,
  context: Context,
): Promise<Put> => {
  const { exact } = parseDocument(version.text, Infinity);
  const document = documentOf(withChanges(exact, changes));
  const draft = {
    ...({ type: 'Task', id: version.id, method: 'PUT' } as const),
    ...{ document, previous: version },
  };
  return (await prepare(draft, asOperation(permit), context)).change;
};

/** What is undefined is left out. */
export const withChanges = (
  { resourceType, ...rest }: Resource,
  changes: Readonly<Record<string, unknown>>,
): Resource => ({
  resourceType,
  ...Object.fromEntries(
    Object.entries({ ...rest, ...changes }).filter(([, value]) => value !== undefined),
  ),
});

/** The outputs of a decision, for who reads the Task later. */
export const outputOf = (words: string, patient: string): readonly object[] => [
  { type: { text: words }, valueReference: { reference: `Patient/${patient}` } },
];

const subjectOf = (task: Resource): TaskSubject | undefined => {
  if (!isAboutIdentity(task)) return undefined;
  const { focus, contained } = task;
  const reference = isObject(focus) ? focus['reference'] : undefined;
  if (reference === '#person') {
    const list: readonly unknown[] = Array.isArray(contained) ? contained : [];
    const person = list.filter(isObject).find(({ id }) => id === 'person');
    return person?.['resourceType'] === 'Patient'
      ? { kind: 'person', person: withoutId(person as Resource) }
      : undefined;
  }
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  return found?.type === 'Patient' ? { kind: 'patient', id: found.id } : undefined;
};

const withoutId = (person: Resource): Resource => withChanges(person, { id: undefined });

const isAboutIdentity = ({ code }: Resource): boolean => {
  const codings = isObject(code) ? code['coding'] : undefined;
  return (
    Array.isArray(codings) &&
    codings.some(
      (each: unknown) =>
        isObject(each) &&
        each['system'] === identityTaskSystem &&
        (each['code'] === 'review-match' || each['code'] === 'propose-merge'),
    )
  );
};
