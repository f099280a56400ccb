// merge: two Patients found to be one person become one, and what was moved is written down so that it can be taken back.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import { businessRule, conflict, gone, notFound } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { checkReach, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { findReferring, nextVersion, referTo } from './move-references.ts';
import { taskSystem } from './worklist.ts';

export interface Merge {
  readonly changes: readonly Put[];
  readonly log: MergeLog;
  /** The Patient that remains, as it will be. */
  readonly result: Put;
}

/** Kept as a record under the id of the merge's Task. */
export interface MergeLog {
  readonly source: string;
  readonly target: string;
  /** Every resource that was changed, with the version before. */
  readonly moved: readonly {
    readonly type: string;
    readonly id: string;
    readonly version: string;
  }[];
  /** Those of the source, as JSON: the target has them now. */
  readonly identifiers: readonly string[];
}

export interface Pair {
  readonly source: string;
  readonly target: string;
}

export const logKind = 'merge';

/** Throws 404 for a Patient that the caller may not see, 403 for one they may not change, 422 for a pair that cannot be merged. */
export const planMerge = async (
  pair: Pair,
  system: string,
  permit: Permit,
  context: Context,
): Promise<Merge> => {
  if (pair.source === pair.target)
    throw businessRule('A Patient cannot be merged with itself.', 'source-patient');
  const [source, target] = await Promise.all([
    toChange(pair.source, permit, context),
    toChange(pair.target, permit, context),
  ]);
  const before = parseDocument(source.text, Infinity).exact;
  const remaining = parseDocument(target.text, Infinity).exact;
  const referring = await findReferring(pair.source, context);
  const others = referring.filter((each) => each.id !== pair.target || each.type !== 'Patient');
  const moves = others.map((each) =>
    nextVersion(each, referTo(each.text, pair.source, pair.target), context),
  );
  const leaving = nextVersion(source, documentOf(asMerged(before, pair)), context);
  const result = nextVersion(
    target,
    documentOf(asSurvivor(remaining, before, pair, system)),
    context,
  );
  const moved = [source, target, ...others].map(({ type, id, version }) => ({ type, id, version }));
  const identifiers = listIn(before, 'identifier').map((each) => JSON.stringify(each));
  return {
    changes: [leaving, result, ...moves],
    log: { ...pair, moved, identifiers },
    result,
  };
};

const toChange = async (id: string, permit: Permit, context: Context): Promise<Version> => {
  const key = { type: 'Patient', id };
  const current = await locate(key, permit, context);
  if (!current) throw notFound('Patient', id);
  if (current.deleted) throw gone('Patient', id);
  await checkReach(current, 'update', permit, context);
  if (survivorOf(JSON.parse(current.text) as Resource) !== undefined)
    throw businessRule(`Patient/${id} was merged into another one already.`, 'Patient');
  return current;
};

const asMerged = (patient: Resource, { target }: Pair): Resource => ({
  ...without(patient, ['identifier']),
  active: false,
  link: [
    ...listIn(patient, 'link').filter((link) => !isTo(link, target)),
    { other: { reference: `Patient/${target}` }, type: 'replaced-by' },
  ],
});

/** Only one health ID stays official: that of the Patient that remains, if it has one. */
const asSurvivor = (patient: Resource, source: Resource, pair: Pair, system: string): Resource => {
  const own = listIn(patient, 'identifier');
  const isNumbered = own.some((each) => each['system'] === system);
  const more = listIn(source, 'identifier')
    .filter((each) => !own.some((known) => JSON.stringify(known) === JSON.stringify(each)))
    .map((each) => (isNumbered && each['system'] === system ? { ...each, use: 'old' } : each));
  const identifier = [...own, ...more];
  return {
    ...patient,
    ...(identifier.length > 0 ? { identifier } : {}),
    link: [
      ...listIn(patient, 'link').filter((link) => !isTo(link, pair.source)),
      { other: { reference: `Patient/${pair.source}` }, type: 'replaces' },
    ],
  };
};

type Element = Readonly<Record<string, unknown>>;

const without = ({ resourceType, ...rest }: Resource, names: readonly string[]): Resource => ({
  resourceType,
  ...Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name))),
});

const listIn = (resource: Resource, name: string): readonly Element[] => {
  const list = resource[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

const isTo = ({ other }: Element, id: string): boolean =>
  isObject(other) && other['reference'] === `Patient/${id}`;

/** The Task that stands for a merge: whoever keeps it can take the merge back. */
export const mergeTask = (
  { source, target, moved }: MergeLog,
  { custodian }: Permit,
  { newId, now, registry }: Context,
): Put => {
  const key = { type: 'Task', id: newId() };
  const at = now();
  const resource: Resource = {
    resourceType: 'Task',
    id: key.id,
    meta: { versionId: '1', lastUpdated: new Date(at).toISOString() },
    ...{ status: 'completed', intent: 'order' },
    code: { coding: [{ system: taskSystem, code: 'merge' }], text: 'Two Patients were merged.' },
    focus: { reference: `Patient/${target}` },
    authoredOn: new Date(at).toISOString(),
    input: [
      { type: { text: 'source-patient' }, valueString: `Patient/${source}` },
      { type: { text: 'target-patient' }, valueString: `Patient/${target}` },
    ],
    output: [{ type: { text: 'resources changed' }, valueInteger: moved.length }],
  };
  return {
    kind: 'put',
    version: {
      ...{ ...key, version: '1', at, deleted: false, method: 'POST' },
      ...(custodian === undefined ? {} : { custodian }),
      text: stringify(resource),
    },
    entries: registry.extract(resource),
    expect: [{ op: 'version', key, version: undefined }],
  };
};

export interface Unmerge {
  readonly changes: readonly Put[];
  /** What was changed since the merge and stays where it is: somebody has to look. */
  readonly review: readonly string[];
}

/** Throws 409 when the merged Patient itself has changed since. */
export const planUnmerge = async (log: MergeLog, context: Context): Promise<Unmerge> => {
  const { resources } = context.store;
  const [currents, olds] = await Promise.all([
    resources.read(log.moved.map(({ type, id }) => ({ type, id }))),
    resources.read(log.moved),
  ]);
  const changes: Put[] = [];
  const review: string[] = [];
  for (const [at, { type, id, version }] of log.moved.entries()) {
    const [current, old] = [currents[at], olds[at]];
    const isAsLeft = current?.deleted === false && current.version === String(Number(version) + 1);
    if (type === 'Patient' && id === log.target && current?.deleted === false)
      changes.push(nextVersion(current, documentOf(withoutSource(current, log)), context));
    else if (isAsLeft && old)
      changes.push(nextVersion(current, parseDocument(old.text, Infinity), context));
    else if (type === 'Patient' && id === log.source)
      throw conflict(`Patient/${id} was changed after the merge; it cannot be taken back.`);
    else review.push(`${type}/${id}`);
  }
  return { changes, review };
};

/** What the target has won since the merge stays with it. */
const withoutSource = (current: Version, log: MergeLog): Resource => {
  const { exact } = parseDocument(current.text, Infinity);
  const numbers = new Set(log.identifiers.map(numberOf));
  const identifier = listIn(exact, 'identifier').filter(
    (each) => !numbers.has(numberOf(JSON.stringify(each))),
  );
  const link = listIn(exact, 'link').filter((each) => !isTo(each, log.source));
  return {
    ...without(exact, ['identifier', 'link']),
    ...(identifier.length > 0 ? { identifier } : {}),
    ...(link.length > 0 ? { link } : {}),
  };
};

const numberOf = (text: string): string => {
  const { system, value } = JSON.parse(text) as Element;
  return JSON.stringify([system, value]);
};
