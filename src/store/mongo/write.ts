// write: the changes of one commit, applied in order inside its transaction, as few times over the network as can be.

import type { mongo } from 'mongoose';
import { Conflict, TooLarge, type Change, type Expect } from '../port.ts';
import type { Asking } from './asking.ts';
import {
  indexFields,
  nameOf,
  versionProjection,
  type Found,
  type FormerDocument,
  type ResourceDocument,
} from './documents.ts';
import type { FileDocument } from './bytes.ts';
import { createBatch, type Batch } from './batch.ts';
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
/** Expectations are not sorted. */
const mostSorted = Infinity;
/** Documents read or written in one go. */
const mostAtOnce = 1000;

export const createWrite =
  (collections: Collections, sequence: Sequence): Write =>
  async ({ changes, session, until }) => {
    await writeGuards(collections.guards, changes, session);
    const current = await readCurrent(collections.resources, changes, session);
    const batch = createBatch(collections, session);
    const work: Work = { ...collections, session, until, sequence, current, batch };
    for (const [place, change] of changes.entries()) {
      for (const expect of change.kind === 'reindex' ? [] : change.expect)
        if (!(await isMet(expect, work))) throw new Conflict(place, expect);
      await apply(change, work);
      if (batch.size() >= mostAtOnce) await batch.flush();
    }
    await batch.flush();
  };

/** A commit on its way. */
interface Work extends Collections, Omit<Commit, 'changes'> {
  readonly sequence: Sequence;
  /** What is current of what is asked for or written, the changes so far among it. */
  readonly current: Map<string, Found>;
  readonly batch: Batch;
}

const isMet = async (expect: Expect, work: Work): Promise<boolean> => {
  const { resources, session, until, current, batch } = work;
  if (expect.op === 'version') return current.get(nameOf(expect.key))?.version === expect.version;
  await batch.flush();
  const asking = {
    collection: resources,
    session,
    until,
    mostListed,
    mostSorted,
    answers: new Map(),
  };
  const names = await matching(expect, expect.op === 'none' ? 1 : 2, asking);
  if (expect.op === 'none') return names.length === 0;
  return names.length === 1 && names[0] === nameOf(expect.key);
};

const apply = async (change: Change, work: Work): Promise<void> => {
  const { batch } = work;
  if (change.kind === 'reindex') {
    reindex(change, work);
    return;
  }
  batch.hold(change.expect.filter((each) => !isOf(each, change)));
  if (change.kind === 'put') await put(change, work);
};

const put = async (change: Put, work: Work): Promise<void> => {
  const { files, session, sequence, current, batch } = work;
  for (const id of change.adopts ?? []) await adopt(files, id, session);
  const name = nameOf(change.version);
  const before = current.get(name);
  const seq = sequence();
  const document = documentOf(change, { key: before?.key ?? seq, seq });
  current.set(name, document);
  if (before === undefined) batch.insert(document);
  else batch.replace(before, change, document);
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
    ...{ _id: nameOf(version), of: type, id, key, seq, version: number, at, method, text },
    ...(custodian === undefined ? {} : { custodian }),
    ...(deleted ? { gone: { type, ...fields } } : { live: true, type, ...fields }),
  };
  const excess = tooLarge(document, text);
  if (excess !== undefined) throw new TooLarge(`${type}/${id} ${excess}`);
  return document;
};

const reindex = (
  { key, entries }: Extract<Change, { kind: 'reindex' }>,
  { current, batch }: Work,
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

/** What a change writes anyway need not be held. */
const isOf = (expect: Expect, change: Change): boolean =>
  change.kind === 'put' && 'key' in expect && nameOf(expect.key) === nameOf(change.version);
