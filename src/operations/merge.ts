// Patient/$merge: two records of one person become one. What one commit cannot hold is moved by more of them, and asking again
// goes on where it was interrupted.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import type { Permit } from '../access/permit.ts';
import { notSupported } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { continueMerge, findUnfinished } from '../health-id/continue-merge.ts';
import { planMerge, type Merging } from '../health-id/merge.ts';
import { writeLog, type MergeLog, type Pair } from '../health-id/merge-log.ts';
import { mergeTask } from '../health-id/merge-task.ts';
import { countReferring } from '../health-id/move-references.ts';
import { commit } from '../interactions/commit.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from '../interactions/types.ts';
import { answerMerge } from './merge/answer-merge.ts';
import { checkNetwork, checkPatients, readId } from './merge/check-merge.ts';
import { readFlag, readInputs, type InputParameter } from './parameters.ts';
import type { Operation } from './types.ts';

const mergeInputs: readonly InputParameter[] = [
  { name: 'source-patient', type: 'Reference' },
  { name: 'target-patient', type: 'Reference' },
  { name: 'preview', type: 'boolean' },
];

const mergeIn =
  (merging: Merging): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$merge is asked by POST.');
    checkNetwork(permit);
    const inputs = readInputs(request, mergeInputs);
    const pair: Pair = {
      source: readId(inputs, 'source-patient', 'Patient'),
      target: readId(inputs, 'target-patient', 'Patient'),
    };
    if (readFlag(inputs, 'preview') === true) return preview(pair, merging, permit, context);
    const unfinished = await findUnfinished(pair, context);
    if (unfinished) await checkPatients(unfinished, permit, context);
    const begun = unfinished
      ? { log: unfinished, isMore: true, moved: 0 }
      : await retryConflicts(() => begin(pair, { ...merging, request }, permit, context));
    const later = begun.isMore
      ? await continueMerge(begun.log, { size: merging.size, request }, permit, context)
      : 0;
    const what = `${String(begun.moved + later)} resources that refer to Patient/${pair.source}`;
    return answerMerged(`Moved ${what}.`, begun.log, context);
  };

const preview = async (
  pair: Pair,
  merging: Merging,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { result } = await planMerge(pair, { ...merging, size: 1 }, permit, context);
  const count = await countReferring(pair, context);
  const what = `${String(count)} resources that refer to Patient/${pair.source}`;
  const patient = JSON.parse(result.version.text) as Resource;
  return answerMerge(`Nothing is written: this would move ${what}.`, [patient]);
};

interface Begun {
  readonly log: MergeLog;
  readonly isMore: boolean;
  /** Resources that referred to the source. */
  readonly moved: number;
}

/** The first commit: the two Patients and as much as it holds. */
const begin = async (
  pair: Pair,
  { request, ...merging }: Merging & { readonly request: FhirRequest },
  permit: Permit,
  context: Context,
): Promise<Begun> => {
  const plan = await planMerge(pair, merging, permit, context);
  const { changes, isMore } = plan;
  const log = { ...plan.log, task: context.newId() };
  const progress = { isMore, changed: log.moved.length };
  await writeLog(log, context.store.records);
  const task = mergeTask(log, progress, permit, context);
  await commit([...changes, task], request, permit, context);
  return { log, isMore, moved: log.moved.length - 2 };
};

const answerMerged = async (
  words: string,
  { source, target, task }: MergeLog,
  { store }: Context,
): Promise<FhirResponse> => {
  const found = await store.resources.read([
    { type: 'Patient', id: target },
    { type: 'Task', id: task },
    { type: 'Patient', id: source },
  ]);
  const shown = found.filter((version) => version !== undefined);
  const told = shown.slice(0, 2).map(({ text }) => JSON.parse(text) as Resource);
  return { ...answerMerge(words, told), shown };
};

/** Past this a merge is several commits. */
const usualSize = 5000;

export const merge = (system: string, size = usualSize): Operation => ({
  name: '$merge',
  definition: 'https://meridian.example/OperationDefinition/merge',
  levels: ['type'],
  types: ['Patient'],
  affectsState: true,
  right: 'update',
  handler: mergeIn({ system, size }),
});
