// write: the changes of one commit, applied in order inside its transaction, as few times over the network as can be.

import type { mongo } from 'mongoose';
import { Conflict, TooLarge, type Change, type Expect, type Version } from '../port.ts';
import type { Asking } from './asking.ts';
import {
  indexFields,
  kinds,
  nameOf,
  toFormer,
  versionProjection,
  type Found,
  type FormerDocument,
  type ResourceDocument,
} from './documents.ts';
import type { FileDocument } from './bytes.ts';
import { find } from './find.ts';
import { guardsOf } from './guards.ts';
import { tooLarge } from './size.ts';
import type { GuardDocument } from './schema.ts';
import type { Sequence } from './sequence.ts';

type Put = Extract<Change, { kind: 'put' }>;

export interface Collections {
  readonly resources: mongo.Collection<ResourceDocument>;
  readonly versions: mongo.Collection<FormerDocument>;
  readonly guards: mongo.Collection<GuardDocument>;
  /** The files of GridFS. */
  readonly files: mongo.Collection<FileDocument>;
}

export interface Commit {
  readonly changes: readonly Change[];
  readonly session: mongo.ClientSession;
  readonly until: number;
}

/** Throws `Conflict` where an expectation does not hold. */
export type Write = (commit: Commit) => Promise<void>;

/** Resources at the other end of a chain in an expectation. */
const mostListed = 1000;
/** Documents read or written in one go. */
const mostAtOnce = 1000;

export const createWrite =
  (collections: Collections, sequence: Sequence): Write =>
  async ({ changes, session, until }) => {
    await writeGuards(collections.guards, changes, session);
    const current = await readCurrent(collections.resources, changes, session);
    const batch = createBatch(collections, session);

    const isMet = async (expect: Expect): Promise<boolean> => {
      if (expect.op === 'version')
        return current.get(nameOf(expect.key))?.version === expect.version;
      await batch.flush();
      const wanted = expect.op === 'none' ? 1 : 2;
      const names = await matching(expect, wanted, {
        ...{ collection: collections.resources, session, until, mostListed, answers: new Map() },
      });
      return expect.op === 'none'
        ? names.length === 0
        : names.length === 1 && names[0] === nameOf(expect.key);
    };

    for (const [place, change] of changes.entries()) {
      for (const expect of change.kind === 'reindex' ? [] : change.expect)
        if (!(await isMet(expect))) throw new Conflict(place, expect);
      if (change.kind !== 'reindex')
        batch.hold(change.expect.filter((each) => !isOf(each, change)));
      if (change.kind === 'check') continue;
      if (change.kind === 'reindex') reindex(change, current, batch);
      else await put(change, current, batch);
      if (batch.size() >= mostAtOnce) await batch.flush();
    }
    await batch.flush();

    async function put(change: Put, known: Map<string, Found>, into: Batch): Promise<void> {
      for (const id of change.adopts ?? []) await adopt(collections.files, id, session);
      const name = nameOf(change.version);
      const before = known.get(name);
      const seq = sequence();
      const document = documentOf(change, { key: before?.key ?? seq, seq });
      known.set(name, document);
      if (before === undefined) into.insert(document);
      else into.replace(before, change, document);
    }
  };

const matching = async (
  { plan }: Extract<Expect, { plan: unknown }>,
  limit: number,
  asking: Asking,
): Promise<readonly string[]> => {
  const question = { plan, rows: 'live' as const, window: { sort: [] }, limit };
  const found = await find<{ _id: string }>({ ...question, fields: { _id: 1 } }, asking);
  return found.map(({ _id }) => _id);
};

/** The document of a version that is written. Throws `TooLarge`. */
export const documentOf = (
  { version, entries }: Put,
  { key, seq }: { readonly key: string; readonly seq: string },
): ResourceDocument => {
  const { type, id, version: number, at, method, custodian, text, deleted } = version;
  const fields = indexFields(entries);
  const document: ResourceDocument = {
    ...{ _id: nameOf(version), id, key, seq, version: number, at, method, text },
    ...(custodian === undefined ? {} : { custodian }),
    ...(deleted ? { gone: { type, ...fields } } : { live: true, type, ...fields }),
  };
  const excess = tooLarge(document, text);
  if (excess !== undefined) throw new TooLarge(`${type}/${id} ${excess}`);
  return document;
};

const reindex = (
  { key, entries }: Extract<Change, { kind: 'reindex' }>,
  current: ReadonlyMap<string, Found>,
  batch: Batch,
): void => {
  const found = current.get(nameOf(key));
  if (found?.live === true && found.version === key.version)
    batch.setEntries(found._id, indexFields(entries));
};

/** What is asked for or written, as it is at the beginning; only the text of what is replaced is needed. */
const readCurrent = async (
  resources: Collections['resources'],
  changes: readonly Change[],
  session: mongo.ClientSession,
): Promise<Map<string, Found>> => {
  const names = [...new Set(changes.flatMap(namesIn))];
  const current = new Map<string, Found>();
  for (let start = 0; start < names.length; start += mostAtOnce) {
    const some = { _id: { $in: names.slice(start, start + mostAtOnce) } };
    const cursor = resources.find<Found>(some, { session, projection: versionProjection });
    for await (const found of cursor) current.set(found._id, found);
  }
  return current;
};

const namesIn = (change: Change): readonly string[] => {
  if (change.kind === 'reindex') return [nameOf(change.key)];
  const asked = change.expect.flatMap((expect) =>
    expect.op === 'version' ? [nameOf(expect.key)] : [],
  );
  return change.kind === 'put' ? [...asked, nameOf(change.version)] : asked;
};

const writeGuards = async (
  guards: Collections['guards'],
  changes: readonly Change[],
  session: mongo.ClientSession,
): Promise<void> => {
  const ids = guardsOf(changes);
  if (ids.length === 0) return;
  const at = new Date();
  await guards.bulkWrite(
    ids.map((_id) => ({
      updateOne: { filter: { _id }, update: { $set: { at }, $inc: { writes: 1 } }, upsert: true },
    })),
    { session, ordered: true },
  );
};

const adopt = async (
  files: Collections['files'],
  id: string,
  session: mongo.ClientSession,
): Promise<void> => {
  const adopted = { $set: { 'metadata.adopted': true } };
  const { matchedCount } = await files.updateOne({ _id: id }, adopted, { session });
  if (matchedCount === 0) throw new Error(`There are no staged bytes '${id}' to adopt.`);
};

interface Batch {
  insert(document: ResourceDocument): void;
  /** The version before becomes a former one. */
  replace(before: Found, change: Put, document: ResourceDocument): void;
  setEntries(name: string, entries: ReturnType<typeof indexFields>): void;
  /** Writes what was only expected, so that nobody changes it meanwhile. */
  hold(expects: readonly Expect[]): void;
  size(): number;
  flush(): Promise<void>;
}

const createBatch = ({ resources, versions }: Collections, session: mongo.ClientSession): Batch => {
  let writes: mongo.AnyBulkWriteOperation<ResourceDocument>[] = [];
  let former: FormerDocument[] = [];
  return {
    insert: (document) => writes.push({ insertOne: { document } }),
    replace: (before, change, document) => {
      const filter = { _id: before._id, version: before.version };
      former.push(toFormer(before, change.version.at));
      writes.push(
        change.version.deleted
          ? { updateOne: { filter, update: deletion(before, change.version, document) } }
          : { replaceOne: { filter, replacement: document } },
      );
    },
    setEntries: (_id, entries) => {
      const without = [...kinds, 'tuples' as const].filter((field) => entries[field] === undefined);
      const $unset = Object.fromEntries(without.map((field) => [field, '']));
      const update = { $set: { ...entries, touched: 1 }, $unset };
      writes.push({ updateOne: { filter: { _id }, update: update as never } });
    },
    hold: (expects) => {
      for (const expect of expects) {
        const isThere = expect.op === 'only' || (expect.op === 'version' && expect.version);
        if (!isThere) continue;
        const filter = { _id: nameOf(expect.key) };
        writes.push({ updateOne: { filter, update: { $inc: { holds: 1 } } } });
      }
    },
    size: () => writes.length,
    flush: async () => {
      const [some, old] = [writes, former];
      writes = [];
      former = [];
      if (old.length > 0) await versions.insertMany(old, { session, ordered: true });
      if (some.length > 0) await resources.bulkWrite(some, { session, ordered: true });
    },
  };
};

/** A deletion keeps the index values of the version before, out of reach of every search. */
const deletion = (before: Found, version: Version, document: ResourceDocument) => {
  const { seq, version: number, at, method, custodian, text } = document;
  const fields = { seq, version: number, at, method, text };
  const set = custodian === undefined ? fields : { ...fields, custodian };
  const unset = custodian === undefined ? { custodian: '' as const } : {};
  if (before.live !== true) return { $set: set, $unset: unset };
  const moved = [...kinds, 'tuples'].map((field) => [field, `gone.${field}`]);
  return {
    $set: { ...set, 'gone.type': version.type },
    $unset: { ...unset, live: '' as const, type: '' as const },
    $rename: Object.fromEntries(moved) as Record<string, string>,
  };
};

/** What a change writes anyway need not be held. */
const isOf = (expect: Expect, change: Change): boolean =>
  change.kind === 'put' && 'key' in expect && nameOf(expect.key) === nameOf(change.version);
