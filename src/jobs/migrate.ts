// Migrate: brings everything from one store into another, histories included, and looks whether it arrived.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../fhir/resource.ts';
import { bytesOf } from '../interactions/binary-bytes.ts';
import { everything } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import type { Position } from '../search/window.ts';
import type { Change, Key, KeptRecord, MovableStore, Version } from '../store/port.ts';
import { partsOf } from '../store/parts-of.ts';

export interface Migration {
  readonly from: MovableStore;
  readonly to: MovableStore;
  readonly registry: Registry;
  /** What the source is called, without secrets: a move that was broken off goes on only from the same one. */
  readonly name: string;
  readonly report: (progress: MigrationProgress) => void;
  /** Asked between slices. */
  readonly isStopped: () => boolean;
}

export interface MigrationProgress {
  readonly step: 'resources' | 'records' | 'verifying';
  readonly done: number;
  readonly total: number;
}

export interface Migrated {
  readonly isComplete: boolean;
  readonly resources: number;
  readonly versions: number;
  readonly records: number;
  /** SHA-256 over all versions, in order: the same in both stores. */
  readonly digest: string;
  /** What is in one store and not, or not the same, in the other. */
  readonly differences: readonly string[];
}

const kind = 'migration';
const id = 'progress';

/** Where a move that was broken off goes on; kept in the target. */
interface Mark {
  readonly name: string;
  readonly after?: string;
  readonly done: number;
}

const slice = 100;

/** Nobody else may write in either store meanwhile. Throws when the target has something that is not of this move. */
export const migrate = async (migration: Migration): Promise<Migrated> => {
  const isComplete = (await moveResources(migration)) && (await moveRecords(migration));
  if (!isComplete) return { ...nothingMoved, isComplete };
  const verified = await verify(migration);
  if (verified.differences.length === 0) await migration.to.records.take(kind, id);
  return verified;
};

const nothingMoved: Migrated = {
  ...{ isComplete: false, resources: 0, versions: 0, records: 0, digest: '', differences: [] },
};

/** False when it was stopped. */
const moveResources = async (migration: Migration): Promise<boolean> => {
  const { from, to, name, report, isStopped } = migration;
  const total = await countAll(from);
  const mark = await readMark(migration);
  let [after, done] = [mark.after, mark.done];
  for (;;) {
    report({ step: 'resources', done, total });
    const part = await from.inventory.names(after, slice);
    for (const key of part.items) await moveHistory(key, migration);
    done += part.items.length;
    after = part.next;
    if (after === undefined) break;
    await to.records.put(kind, id, { name, after, done } satisfies Mark);
    if (isStopped()) return false;
  }
  report({ step: 'resources', done: total, total: Math.max(total, 1) });
  return true;
};

const countAll = async ({ inventory }: MovableStore): Promise<number> => {
  let count = 0;
  for await (const { items } of partsOf((after) => inventory.names(after, 10_000)))
    count += items.length;
  return count;
};

const readMark = async ({ to, name }: Migration): Promise<Mark> => {
  const mark = (await to.records.get(kind, id)) as Mark | undefined;
  if (mark?.name === name) return mark;
  const { items } = await to.inventory.names(undefined, 1);
  if (mark === undefined && items.length === 0) {
    await to.records.put(kind, id, { name, done: 0 } satisfies Mark);
    return { name, done: 0 };
  }
  throw new Error(
    mark === undefined
      ? 'The target is not empty. Name an empty database or a new folder.'
      : `The target holds part of a move from ${mark.name}. Finish that one, or name an empty target.`,
  );
};

/** What the target has already of it stays; the rest is written in one commit for every hundred versions. */
const moveHistory = async (key: Key, migration: Migration): Promise<void> => {
  const { from, to } = migration;
  const versions = await historyOf(key, from);
  const [there] = await to.resources.read([key]);
  const known = versions.findIndex((each) => each.version === there?.version);
  // A version that the source does not have is left for the comparison to tell.
  const start = there === undefined ? 0 : known === -1 ? versions.length : known + 1;
  for (let place = start; place < versions.length; place += slice) {
    const changes: Change[] = [];
    for (let next = place; next < Math.min(versions.length, place + slice); next += 1)
      changes.push(await changeOf(versions, next, migration));
    await to.resources.commit(changes);
  }
};

/** Oldest first. */
const historyOf = async (key: Key, { resources }: MovableStore): Promise<readonly Version[]> => {
  const versions: Version[] = [];
  let after: Position | undefined;
  do {
    const window = { size: 500, ...(after === undefined ? {} : { after }) };
    const page = await resources.versions(key, everything, window);
    versions.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return versions.toReversed();
};

const changeOf = async (
  versions: readonly Version[],
  place: number,
  { from, to, registry }: Migration,
): Promise<Change> => {
  const version = versions[place]!;
  const { type, id: logicalId } = version;
  const adopts = await moveBytes(version, from, to);
  // Index values of what another version followed are replaced by its own, unless it is a deletion, which keeps them.
  const isFollowed = versions[place + 1]?.deleted === false;
  const resource =
    version.deleted || isFollowed ? undefined : (JSON.parse(version.text) as Resource);
  return {
    kind: 'put',
    version,
    entries: resource === undefined ? [] : registry.extract(resource, version.custodian),
    expect: [
      {
        op: 'version',
        key: { type, id: logicalId },
        version: place === 0 ? undefined : versions[place - 1]!.version,
      },
    ],
    ...(adopts.length === 0 ? {} : { adopts }),
  };
};

const moveBytes = async (
  { type, text }: Version,
  from: MovableStore,
  to: MovableStore,
): Promise<readonly string[]> => {
  if (type !== 'Binary' || text === '') return [];
  const bytes = bytesOf(JSON.parse(text) as Resource);
  if (bytes === undefined) return [];
  if ((await to.bytes.describe(bytes)) === undefined)
    await to.inventory.restore(bytes, from.bytes.open(bytes));
  return [bytes];
};

const moveRecords = async ({ from, to, report, isStopped }: Migration): Promise<boolean> => {
  let done = 0;
  for await (const { items } of partsOf((after) => from.inventory.records(after, slice))) {
    for (const record of items.filter(isOurs))
      await to.records.put(record.kind, record.id, record.value, record.expires);
    done += items.length;
    report({ step: 'records', done, total: done });
    if (isStopped()) return false;
  }
  return true;
};

/** The mark of an earlier move is not part of what is moved. */
const isOurs = (record: KeptRecord): boolean => record.kind !== kind;

const verify = async ({ from, to, report }: Migration): Promise<Migrated> => {
  const differences: string[] = [];
  const [total, there] = [await countAll(from), await countAll(to)];
  if (total !== there)
    differences.push(`${String(total)} resources in the source, ${String(there)} in the target`);
  const whole = createHash('sha256');
  let [resources, versions, records] = [0, 0, 0];
  for await (const { items } of partsOf((after) => from.inventory.names(after, slice))) {
    for (const key of items) {
      const [ours, theirs] = await Promise.all([historyOf(key, from), historyOf(key, to)]);
      const digest = digestOf(ours);
      whole.update(digest);
      if (digest !== digestOf(theirs)) differences.push(`${key.type}/${key.id} is not the same`);
      differences.push(...(await missingBytes(ours, from, to)));
      versions += ours.length;
    }
    resources += items.length;
    report({ step: 'verifying', done: resources, total });
  }
  for await (const { items } of partsOf((after) => from.inventory.records(after, slice)))
    for (const record of items.filter(isOurs)) {
      records += 1;
      const isGone = record.expires !== undefined && record.expires.getTime() <= Date.now();
      const copy = await to.records.get(record.kind, record.id);
      if (!isGone && !isDeepStrictEqual(copy, record.value))
        differences.push(`the record ${record.kind}/${record.id} is not the same`);
    }
  const digest = whole.digest('hex');
  return { isComplete: true, resources, versions, records, digest, differences };
};

const digestOf = (versions: readonly Version[]): string => {
  const hash = createHash('sha256');
  for (const { type, id: logicalId, version, at, deleted, method, custodian, text } of versions)
    hash.update(
      JSON.stringify([type, logicalId, version, at, deleted, method, custodian ?? null, text]),
    );
  return hash.digest('hex');
};

/** Digests were taken of what was written, in both stores. */
const missingBytes = async (
  versions: readonly Version[],
  from: MovableStore,
  to: MovableStore,
): Promise<readonly string[]> => {
  const missing: string[] = [];
  for (const { type, text } of versions) {
    if (type !== 'Binary' || text === '') continue;
    const bytes = bytesOf(JSON.parse(text) as Resource);
    if (bytes === undefined) continue;
    const [ours, theirs] = [await from.bytes.describe(bytes), await to.bytes.describe(bytes)];
    if (!isDeepStrictEqual(ours, theirs)) missing.push(`the bytes ${bytes} are not the same`);
  }
  return missing;
};
