// merge-task: the Task that stands for a merge: whoever keeps it can take the merge back.

import type { Permit } from '../access/permit.ts';
import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import { identityTaskSystem } from '../interactions/servers-tasks.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import type { MergeLog } from './merge-log.ts';
import { nextVersion } from './move-references.ts';

export interface Progress {
  /** While there is more to move it is in progress. */
  readonly isMore: boolean;
  /** Resources changed so far. */
  readonly changed: number;
}

export const mergeTask = (
  { task: id, source, target }: MergeLog,
  progress: Progress,
  { custodian }: Permit,
  { now, registry }: Context,
): Put => {
  const key = { type: 'Task', id };
  const at = now();
  const resource: Resource = {
    resourceType: 'Task',
    id,
    meta: { versionId: '1', lastUpdated: new Date(at).toISOString() },
    intent: 'order',
    code: {
      coding: [{ system: identityTaskSystem, code: 'merge' }],
      text: 'Two Patients were merged.',
    },
    focus: { reference: `Patient/${target}` },
    authoredOn: new Date(at).toISOString(),
    input: [
      { type: { text: 'source-patient' }, valueString: `Patient/${source}` },
      { type: { text: 'target-patient' }, valueString: `Patient/${target}` },
    ],
    ...stateOf(progress),
  };
  return {
    kind: 'put',
    version: {
      ...{ ...key, version: '1', at, deleted: false, method: 'POST' },
      ...(custodian === undefined ? {} : { custodian }),
      text: stringify(resource),
    },
    entries: registry.extract(resource, custodian),
    expect: [{ op: 'version', key, version: undefined }],
  };
};

/** The Task of a merge that has got on. */
export const progressed = (task: Version, progress: Progress, context: Context): Put =>
  nextVersion(
    task,
    documentOf({ ...parseDocument(task.text, Infinity).exact, ...stateOf(progress) }),
    context,
  );

const stateOf = ({ isMore, changed }: Progress): Readonly<Record<string, unknown>> => ({
  status: isMore ? 'in-progress' : 'completed',
  output: [{ type: { text: 'resources changed' }, valueInteger: changed }],
});
