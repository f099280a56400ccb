// continue-merge: what one commit could not hold is moved by more of them; each can be the last, and the next one goes on.

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import type { Resource } from '../fhir/resource.ts';
import { commit } from '../interactions/commit.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirRequest } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { dropPart, findLogs, findParts, writePart, type MergeLog, type Pair } from './merge-log.ts';
import { progressed } from './merge-task.ts';
import { countReferring, planMoves } from './move-references.ts';

/**
 * The log of a merge of these two that has not come to its end: it was interrupted, or something was written about the source
 * at the same moment. undefined when there is nothing to go on with.
 */
export const findUnfinished = async (
  pair: Pair,
  context: Context,
): Promise<MergeLog | undefined> => {
  const { resources, records } = context.store;
  const [source] = await resources.read([{ type: 'Patient', id: pair.source }]);
  if (!source || source.deleted) return undefined;
  if (survivorOf(JSON.parse(source.text) as Resource) !== pair.target) return undefined;
  for (const log of await findLogs(pair, records)) {
    const status = statusOf(await readTask(log, context));
    if (status === 'in-progress') return log;
    if (status === 'completed' && (await countReferring(pair, context)) > 0) return log;
  }
  return undefined;
};

/** Moves all that still refers to the source. Gives how many resources were moved. */
export const continueMerge = async (
  log: MergeLog,
  { size, request }: { readonly size: number; readonly request: Pick<FhirRequest, 'headers'> },
  permit: Permit,
  context: Context,
): Promise<number> => {
  let moved = 0;
  for (;;) {
    const step = await retryConflicts(() => moveSome(log, { size, request }, permit, context));
    moved += step.moved;
    if (!step.isMore) return moved;
  }
};

const moveSome = async (
  log: MergeLog,
  { size, request }: { readonly size: number; readonly request: Pick<FhirRequest, 'headers'> },
  permit: Permit,
  context: Context,
): Promise<{ readonly moved: number; readonly isMore: boolean }> => {
  const { records } = context.store;
  const [task, moving, parts] = await Promise.all([
    readTask(log, context),
    planMoves(log, size, context),
    findParts(log.task, records),
  ]);
  const { moved, isMore } = moving;
  const earlier = [log, ...parts].reduce((sum, part) => sum + part.moved.length, 0);
  const step = task && progressed(task, { isMore, changed: earlier + moved.length }, context);
  const part = { task: log.task, part: context.newId(), moved };
  if (moved.length > 0) await writePart(part, records);
  try {
    await commit([...moving.changes, ...(step ? [step] : [])], request, permit, context);
  } catch (error) {
    await dropPart(part, records);
    throw error;
  }
  return { moved: moved.length, isMore };
};

const readTask = async ({ task }: MergeLog, { store }: Context): Promise<Version | undefined> => {
  const [found] = await store.resources.read([{ type: 'Task', id: task }]);
  return found?.deleted === false ? found : undefined;
};

const statusOf = (task: Version | undefined): unknown =>
  task && (JSON.parse(task.text) as Resource)['status'];
