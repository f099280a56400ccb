// Patient/$merge and Patient/$unmerge: two records of one person become one, and two again when that was a mistake.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import { unrestricted, type Permit } from '../access/permit.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import { documentOf, parseDocument } from '../fhir/json.ts';
import { businessRule, forbidden, invalid, notFound, notSupported } from '../fhir/problem.ts';
import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import {
  logKind,
  mergeTask,
  planMerge,
  planUnmerge,
  type MergeLog,
  type Pair,
} from '../health-id/merge.ts';
import { nextVersion } from '../health-id/move-references.ts';
import { commit } from '../interactions/commit.ts';
import { locate } from '../interactions/locate.ts';
import { checkReach } from '../interactions/prepare.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirResponse, Handler } from '../interactions/types.ts';
import { readFlag, readInputs, readJson, type InputParameter, type Inputs } from './parameters.ts';
import type { Operation } from './types.ts';

const mergeInputs: readonly InputParameter[] = [
  { name: 'source-patient', type: 'Reference' },
  { name: 'target-patient', type: 'Reference' },
  { name: 'preview', type: 'boolean' },
];

const mergeIn =
  (system: string): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$merge is asked by POST.');
    checkNetwork(permit);
    const inputs = readInputs(request, mergeInputs);
    const pair: Pair = {
      source: readId(inputs, 'source-patient', 'Patient'),
      target: readId(inputs, 'target-patient', 'Patient'),
    };
    const isPreview = readFlag(inputs, 'preview') === true;
    return retryConflicts(async () => {
      const parts = { system, permit, context };
      const { changes, log, result, task } = isPreview
        ? await previewPair(pair, parts)
        : await mergePair(pair, parts);
      const others = log.moved.length - 2;
      const patient = JSON.parse(result.version.text) as Resource;
      const what = `${String(others)} resources that refer to Patient/${pair.source}`;
      if (task === undefined)
        return answer(`Nothing is written: this would move ${what}.`, [patient]);

      await commit(changes, request, permit, context);
      const told = [patient, JSON.parse(task.version.text) as Resource];
      const shown = [changes[0]!.version, result.version, task.version];
      return { ...answer(`Moved ${what}.`, told), shown };
    });
  };

interface MergeParts {
  readonly system: string;
  readonly permit: Permit;
  readonly context: Context;
}

/** All that is to be committed, the Task that stands for the merge included. */
export const mergePair = async (pair: Pair, parts: MergeParts) => {
  const planned = await previewPair(pair, parts);
  const task = mergeTask(planned.log, parts.permit, parts.context);
  // The log is there before the merge is: a merge that cannot be taken back must not be.
  await parts.context.store.records.put(logKind, task.version.id, planned.log);
  return { ...planned, task, changes: [...planned.changes, task] };
};

const previewPair = async (pair: Pair, { system, permit, context }: MergeParts) => ({
  ...(await planMerge(pair, system, permit, context)),
  task: undefined,
});

const unmergeHandler: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$unmerge is asked by POST.');
  checkNetwork(permit);
  const inputs = readInputs(request, [{ name: 'task', type: 'Reference' }]);
  const id = readId(inputs, 'task', 'Task');
  return retryConflicts(async () => {
    const task = await locate({ type: 'Task', id }, permit, context);
    if (!task || task.deleted) throw notFound('Task', id);
    const { exact } = parseDocument(task.text, Infinity);
    const log = (await context.store.records.get(logKind, id)) as MergeLog | undefined;
    if (!log || exact['status'] !== 'completed')
      throw businessRule(`Task/${id} is no merge that could be taken back.`, 'task');
    await checkPatients(log, permit, context);
    const { changes, review } = await planUnmerge(log, context);
    const undone = nextVersion(task, documentOf({ ...exact, status: 'cancelled' }), context);
    await commit([...changes, undone], request, permit, context);
    return {
      ...answer(`Patient/${log.source} and Patient/${log.target} are two again.`, [], review),
      shown: changes.slice(0, 2).map(({ version }) => version),
    };
  });
};

/** It moves what other organizations keep, and tells how much that is: nobody with the reach of one organization may. */
const checkNetwork = (permit: Permit): void => {
  if (isNetwork(permit)) return;
  throw forbidden(
    'Merging reaches into the records of every organization: it needs a system client registered for the whole network.',
  );
};

export const isNetwork = (permit: Permit): boolean =>
  permit === unrestricted || permit.caller?.role === 'network';

const checkPatients = async (
  { source, target }: MergeLog,
  permit: Permit,
  context: Context,
): Promise<void> => {
  const keys = [source, target].map((id) => ({ type: 'Patient', id }));
  for (const current of await context.store.resources.read(keys))
    if (current) await checkReach(current, 'update', permit, context);
};

const readId = (inputs: Inputs, name: string, type: string): string => {
  const { reference } = readJson(inputs, name) ?? {};
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  if (found?.type === type) return found.id;
  throw invalid(`Parameter '${name}' must refer to a ${type} of this server.`, name);
};

const answer = (
  words: string,
  resources: readonly Resource[],
  review: readonly string[] = [],
): FhirResponse => {
  const outcome = outcomeOf([
    { severity: 'information', code: 'informational', diagnostics: words },
    ...review.map((key) => ({
      ...({ severity: 'warning', code: 'incomplete' } as const),
      diagnostics: `${key} was changed after the merge and stays where it is; look whose it is.`,
    })),
  ]);
  const names: Readonly<Record<string, string>> = { Patient: 'result', Task: 'task' };
  const parameter = [
    { name: 'outcome', resource: outcome },
    ...resources.map((resource) => ({ name: names[resource.resourceType]!, resource })),
  ];
  return { status: 200, text: JSON.stringify({ resourceType: 'Parameters', parameter }) };
};

const row = { levels: ['type'], types: ['Patient'], affectsState: true, right: 'update' } as const;

export const merge = (system: string): Operation => ({
  ...row,
  name: '$merge',
  definition: 'https://meridian.example/OperationDefinition/merge',
  handler: mergeIn(system),
});

export const unmerge: Operation = {
  ...row,
  name: '$unmerge',
  definition: 'https://meridian.example/OperationDefinition/unmerge',
  handler: unmergeHandler,
};
