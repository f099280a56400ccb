// merge-log: what a merge has moved, kept so that the merge can be gone on with and taken back.

import type { RecordStore } from '../store/port.ts';

export interface Pair {
  readonly source: string;
  readonly target: string;
}

/** A resource that was changed, with the version before. */
export interface Moved {
  readonly type: string;
  readonly id: string;
  readonly version: string;
}

/** Kept under the id of the merge's Task. */
export interface MergeLog extends Pair {
  readonly task: string;
  /** By the first commit: the two Patients, and what refers to the source. */
  readonly moved: readonly Moved[];
  /** Those of the source, as JSON: the target has them now. */
  readonly identifiers: readonly string[];
}

/** What a later commit of the same merge has moved. */
export interface MergePart {
  readonly task: string;
  readonly part: string;
  readonly moved: readonly Moved[];
}

type Records = Pick<RecordStore, 'get' | 'find' | 'put' | 'drop'>;

const kind = 'merge';
const partKind = 'merge-part';

/** Before the commit: a merge that cannot be taken back must not be. */
export const writeLog = (log: MergeLog, records: Records): Promise<void> =>
  records.put(kind, log.task, log);

export const readLog = async (task: string, records: Records): Promise<MergeLog | undefined> =>
  (await records.get(kind, task)) as MergeLog | undefined;

/** Of all merges of the two that were ever begun. */
export const findLogs = async (
  { source, target }: Pair,
  records: Records,
): Promise<readonly MergeLog[]> =>
  (await records.find(kind, { source, target })) as readonly MergeLog[];

export const writePart = (part: MergePart, records: Records): Promise<void> =>
  records.put(partKind, part.part, part);

export const findParts = async (task: string, records: Records): Promise<readonly MergePart[]> =>
  (await records.find(partKind, { task })) as readonly MergePart[];

export const dropPart = async ({ part }: MergePart, records: Records): Promise<void> => {
  await records.drop(partKind, { part });
};
