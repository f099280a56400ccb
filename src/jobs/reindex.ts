// Reindex: takes the index values of every current resource anew, a slice at a time, and remembers how far it came.

import { everything } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import type { Position } from '../search/window.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Change, Store, Version } from '../store/port.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Resources that could not be indexed: `Type/id` and why. They keep their index values. */
  readonly faults: readonly string[];
  readonly isComplete: boolean;
}

export interface Reindexing {
  readonly store: Store;
  readonly registry: Registry;
  /** Of the definitions the registry is made from: what others have indexed is not gone on with. */
  readonly fingerprint: string;
  readonly report: (progress: Progress) => void;
  /** Asked between slices. */
  readonly isStopped: () => boolean;
}

/** The store puts a record of this kind when its index values are of older definitions; it is taken away at the end. */
const kind = 'reindex';

interface Mark {
  readonly fingerprint: string;
  readonly after: Position;
  readonly done: number;
  readonly faults: readonly string[];
}

/**
 * Goes over what is not deleted in the order it was first stored, beginning where an earlier run stopped. A resource that
 * changes meanwhile is left alone: its new version has new index values. Deleted resources keep those of their last version,
 * which no search reads.
 */
export const reindex = async (reindexing: Reindexing): Promise<Progress> => {
  const { store, fingerprint, report, isStopped } = reindexing;
  const total = await store.resources.count(everything);
  const mark = await readMark(store, fingerprint);
  let [after, done, faults] = [mark?.after, mark?.done ?? 0, mark?.faults ?? []];
  for (;;) {
    report({ done, total, faults, isComplete: false });
    const window = { sort: [], size: slice, ...(after ? { after } : {}) };
    const page = await store.resources.search(everything, window);
    const indexed = page.items.map((version) => index(version, reindexing));
    const changes = indexed.filter((each) => typeof each !== 'string');
    if (changes.length > 0) await store.resources.commit(changes);
    faults = [...faults, ...indexed.filter((each) => typeof each === 'string')];
    done += page.items.length;
    after = page.next;
    if (!after) break;
    await store.records.put(kind, 'progress', { fingerprint, after, done, faults } satisfies Mark);
    if (isStopped()) return { done, total, faults, isComplete: false };
  }
  await store.records.take(kind, 'progress');
  await store.records.take(kind, 'wanted');
  const progress = { done, total, faults, isComplete: true };
  report(progress);
  return progress;
};

const slice = 500;

const readMark = async (store: Store, fingerprint: string): Promise<Mark | undefined> => {
  const mark = (await store.records.get(kind, 'progress')) as Mark | undefined;
  return mark?.fingerprint === fingerprint ? mark : undefined;
};

/** The change, or what went wrong. */
const index = (
  { type, id, version, custodian, text }: Version,
  { registry }: Pick<Reindexing, 'registry'>,
): Change | string => {
  try {
    const entries = registry.extract(JSON.parse(text) as Resource, custodian);
    return { kind: 'reindex', key: { type, id, version }, entries };
  } catch (error) {
    return `${type}/${id}: ${error instanceof Error ? error.message : String(error)}`;
  }
};
