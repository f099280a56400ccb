// writes: insert, update, delete and findAndModify.

import mongoose from 'mongoose';
import { keyOf, type Collection, type Transaction } from './collection.ts';
import { aggregate, seedOf, updated } from './evaluate.ts';
import { Fault, type WriteError } from './fault.ts';
import { fullName, type Asked, type Handler } from './reads.ts';
import { copy, sizeOf, type Document } from './wire.ts';

const mostBytes = 16 * 1024 * 1024 + 16 * 1024;

interface Target {
  readonly collection: Collection;
  readonly transaction: Transaction | undefined;
  readonly asked: Asked;
}

const targetOf = (asked: Asked): Target => ({
  collection: asked.database.collection(fullName(asked.command, asked.name), 'make'),
  transaction: asked.database.enter(asked.command),
  asked,
});

const insert: Handler = (asked) =>
  inTurn(asked, 'documents', async (document, target) => {
    const stored =
      '_id' in document ? document : { _id: new mongoose.mongo.ObjectId(), ...document };
    await write(
      keyOf(stored['_id']),
      () => {
        if (target.collection.get(keyOf(stored['_id']), target.transaction) !== undefined)
          throw new Fault(
            11_000,
            'DuplicateKey',
            `E11000 duplicate key error collection: ${target.collection.name} index: _id_`,
          );
        return stored;
      },
      target,
    );
    return { n: 1 };
  });

const update: Handler = (asked) =>
  inTurn(asked, 'updates', async (each, target) => {
    const { q, u, multi = false, upsert = false } = each as unknown as UpdateStatement;
    const change = await modify({ filter: q, change: u, multi, upsert, sort: undefined }, target);
    return {
      n: change.matched + (change.upserted === undefined ? 0 : 1),
      nModified: change.modified,
      ...(change.upserted === undefined ? {} : { upserted: change.upserted }),
    };
  });

interface UpdateStatement {
  readonly q: Document;
  readonly u: Document;
  readonly multi?: boolean;
  readonly upsert?: boolean;
}

const remove: Handler = (asked) =>
  inTurn(asked, 'deletes', async (each, target) => {
    const { q, limit } = each as unknown as { readonly q: Document; readonly limit: number };
    return { n: (await removal({ filter: q, limit, sort: undefined }, target)).length };
  });

const findAndModify: Handler = async (asked) => {
  const { query = {}, sort, fields, ...rest } = asked.command as ModifyCommand;
  const target = targetOf(asked);
  const projected = (document: Document | undefined): Document | null =>
    document === undefined ? null : fields ? project(document, fields) : document;
  if (rest.remove === true) {
    const [removed] = await removal({ filter: query, limit: 1, sort }, target);
    return { value: projected(removed), lastErrorObject: { n: removed ? 1 : 0 } };
  }
  const done = await modify(
    { filter: query, change: rest.update!, multi: false, upsert: rest.upsert === true, sort },
    target,
  );
  const value = rest.new === true ? done.after : done.before;
  const isNew = done.upserted !== undefined;
  return {
    value: projected(value),
    lastErrorObject: {
      n: done.matched + Number(isNew),
      updatedExisting: done.matched > 0,
      ...(isNew ? { upserted: done.upserted } : {}),
    },
  };
};

interface ModifyCommand extends Document {
  readonly query?: Document;
  readonly sort?: Document;
  readonly fields?: Document;
  readonly update?: Document;
  readonly remove?: boolean;
  readonly new?: boolean;
  readonly upsert?: boolean;
}

const project = (document: Document, fields: Document): Document => {
  const names = Object.keys(fields).filter((name) => fields[name]);
  return Object.fromEntries([...new Set(['_id', ...names])].map((name) => [name, document[name]]));
};

interface Changed {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: unknown;
  readonly before?: Document;
  readonly after?: Document;
}

interface ChangeOf {
  readonly filter: Document;
  readonly change: Document;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort: Document | undefined;
}

const modify = async (wanted: ChangeOf, target: Target): Promise<Changed> => {
  const found = select(wanted, wanted.multi ? 0 : 1, target);
  if (found.length === 0)
    return wanted.upsert ? upsert(wanted, target) : { matched: 0, modified: 0 };
  let modified = 0;
  let after: Document | undefined;
  for (const document of found) {
    const isDone = await write(
      keyOf(document['_id']),
      (present) => {
        // After waiting for another it may match no more.
        if (present !== document && select(wanted, 0, target).every((each) => each !== present))
          return undefined;
        after = updated(present!, wanted.change);
        return after;
      },
      target,
    );
    if (isDone) modified += 1;
    else return modify(wanted, target);
  }
  return { matched: found.length, modified, before: found[0]!, ...(after ? { after } : {}) };
};

const upsert = async (wanted: ChangeOf, target: Target): Promise<Changed> => {
  const seed = seedOf(wanted.filter);
  const fresh = { ...updated(seed, wanted.change), ...onInsert(wanted.change) };
  const stored = { ...fresh, _id: seed['_id'] ?? fresh['_id'] ?? new mongoose.mongo.ObjectId() };
  const key = keyOf(stored._id);
  await write(
    key,
    (present) => {
      if (present !== undefined || target.collection.get(key, target.transaction) !== undefined)
        throw new Fault(
          11_000,
          'DuplicateKey',
          `E11000 duplicate key error collection: ${target.collection.name} index: _id_`,
        );
      return stored;
    },
    target,
  );
  return { matched: 0, modified: 0, upserted: stored._id, after: stored };
};

const onInsert = ({ $setOnInsert = {} }: Document): Document => copy($setOnInsert as Document);

const removal = async (
  wanted: {
    readonly filter: Document;
    readonly limit: number;
    readonly sort: Document | undefined;
  },
  target: Target,
): Promise<readonly Document[]> => {
  const removed: Document[] = [];
  for (const document of select(wanted, wanted.limit, target)) {
    const key = keyOf(document['_id']);
    const holder = target.transaction ? undefined : target.collection.holder(key);
    if (holder) await target.asked.database.over(holder);
    if (target.collection.get(key, target.transaction) !== document) return removal(wanted, target);
    target.collection.write(key, undefined, target.transaction);
    removed.push(document);
  }
  return removed;
};

const select = (
  { filter, sort }: { readonly filter: Document; readonly sort: Document | undefined },
  limit: number,
  target: Target,
): readonly Document[] =>
  aggregate(
    [
      { $match: filter },
      ...(sort && Object.keys(sort).length > 0 ? [{ $sort: sort }] : []),
      ...(limit > 0 ? [{ $limit: limit }] : []),
    ],
    target,
  );

/** Outside of transactions a write waits for the transaction that has the document; inside it conflicts. */
const write = async (
  key: string,
  next: (present: Document | undefined) => Document | undefined,
  { collection, transaction, asked }: Target,
): Promise<boolean> => {
  for (;;) {
    const holder = transaction ? undefined : collection.holder(key);
    if (holder === undefined) break;
    await asked.database.over(holder);
  }
  const document = next(collection.get(key, transaction));
  if (document === undefined) return false;
  if (sizeOf(document) > mostBytes)
    throw new Fault(10_334, 'BSONObjectTooLarge', 'BSONObj size is invalid.');
  collection.write(key, document, transaction);
  return true;
};

/** The statements of a command one after the other; a failure is told with its place, and ends an ordered list. */
const inTurn = async (
  asked: Asked,
  list: string,
  work: (each: Document, target: Target) => Promise<Document>,
): Promise<Document> => {
  const target = targetOf(asked);
  const errors: WriteError[] = [];
  const upserted: Document[] = [];
  const sums = { n: 0, nModified: 0 };
  for (const [index, each] of (asked.command[list] as readonly Document[]).entries())
    try {
      const done = await work(each, target);
      sums.n += Number(done['n'] ?? 0);
      sums.nModified += Number(done['nModified'] ?? 0);
      if ('upserted' in done) upserted.push({ index, _id: done['upserted'] });
    } catch (error) {
      const isOwn = error instanceof Fault && error.code !== 112;
      if (!isOwn) throw error;
      errors.push({ index, code: error.code, errmsg: error.message });
      // An error inside a transaction is the end of it.
      if (target.transaction) asked.database.abort(asked.command);
      if (asked.command['ordered'] !== false) break;
    }
  return {
    n: sums.n,
    ...(list === 'updates' ? { nModified: sums.nModified } : {}),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(errors.length > 0 ? { writeErrors: errors } : {}),
  };
};

export const writes: Readonly<Record<string, Handler>> = {
  ...{ insert, update, delete: remove, findAndModify },
};
