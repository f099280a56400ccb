// Patient/$unmerge: two records that were merged by mistake are two again.

import type { Permit } from '../access/permit.ts';
import { documentOf, parseDocument } from '../fhir/json.ts';
import { businessRule, notFound, notSupported, type Problem } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { dropPart, findParts, readLog, type MergeLog } from '../health-id/merge-log.ts';
import { nextVersion } from '../health-id/move-references.ts';
import { planReturn, planUnmerge } from '../health-id/unmerge.ts';
import { commit } from '../interactions/commit.ts';
import { locate } from '../interactions/locate.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { answerMerge } from './merge/answer-merge.ts';
import { checkNetwork, checkPatients, readId } from './merge/check-merge.ts';
import { readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

const handler: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$unmerge is asked by POST.');
  checkNetwork(permit);
  const inputs = readInputs(request, [{ name: 'task', type: 'Reference' }]);
  const id = readId(inputs, 'task', 'Task');
  const log = await readMerge(id, permit, context);
  await checkPatients(log, permit, context);
  const later = await takeBackParts(log, request, permit, context);
  return retryConflicts(async () => {
    const { exact, version } = await readTask(id, permit, context);
    if (exact['status'] === 'cancelled') throw noMerge(id);
    const { changes, review } = await planUnmerge(log, context);
    const undone = nextVersion(version, documentOf({ ...exact, status: 'cancelled' }), context);
    await commit([...changes, undone], request, permit, context);
    const words = `Patient/${log.source} and Patient/${log.target} are two again.`;
    const shown = changes.slice(0, 2).map((change) => change.version);
    return { ...answerMerge(words, [], [...later, ...review]), shown };
  });
};

/** Throws 404, and 422 for a Task that is no merge or one that was taken back. */
const readMerge = async (id: string, permit: Permit, context: Context): Promise<MergeLog> => {
  const { exact } = await readTask(id, permit, context);
  const log = await readLog(id, context.store.records);
  if (!log || exact['status'] === 'cancelled') throw noMerge(id);
  return log;
};

const readTask = async (
  id: string,
  permit: Permit,
  context: Context,
): Promise<{ readonly exact: Resource; readonly version: Version }> => {
  const version = await locate({ type: 'Task', id }, permit, context);
  if (!version || version.deleted) throw notFound('Task', id);
  return { exact: parseDocument(version.text, Infinity).exact, version };
};

const noMerge = (id: string): Problem =>
  businessRule(`Task/${id} is no merge that could be taken back.`, 'task');

/** What later commits moved goes back first; a part that is back is forgotten, so that the next try goes on. */
const takeBackParts = async (
  log: MergeLog,
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<readonly string[]> => {
  const { records } = context.store;
  // Throws when the merge cannot be taken back at all.
  await planUnmerge(log, context);
  const reviews: string[] = [];
  for (const part of await findParts(log.task, records)) {
    await retryConflicts(async () => {
      const { changes, review } = await planReturn(log, part.moved, context);
      if (changes.length > 0) await commit(changes, request, permit, context);
      reviews.push(...review);
    });
    await dropPart(part, records);
  }
  return reviews;
};

export const unmerge: Operation = {
  name: '$unmerge',
  definition: 'https://meridian.example/OperationDefinition/unmerge',
  levels: ['type'],
  types: ['Patient'],
  affectsState: true,
  right: 'update',
  handler,
};
