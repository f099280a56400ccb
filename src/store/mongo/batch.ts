// batch: the writes of a commit, gathered and sent together.

import type { mongo } from 'mongoose';
import type { Change, Expect, Version } from '../port.ts';
import type { indexFields } from './documents.ts';
import {
  kinds,
  nameOf,
  toFormer,
  type FormerDocument,
  type Found,
  type ResourceDocument,
} from './documents.ts';

type Put = Extract<Change, { kind: 'put' }>;

export interface Batch {
  insert(document: ResourceDocument): void;
  /** The version before becomes a former one. */
  replace(before: Found, change: Put, document: ResourceDocument): void;
  setEntries(name: string, entries: ReturnType<typeof indexFields>): void;
  /** Writes what was only expected, so that nobody changes it meanwhile. */
  hold(expects: readonly Expect[]): void;
  size(): number;
  flush(): Promise<void>;
}

interface Targets {
  readonly resources: mongo.Collection<ResourceDocument>;
  readonly versions: mongo.Collection<FormerDocument>;
}

export const createBatch = (
  { resources, versions }: Targets,
  session: mongo.ClientSession,
): Batch => {
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
