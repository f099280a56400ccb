// records: users, sessions, codes, tokens, jobs. Each method is one operation on one document, so that it is all or nothing
// on however many processes. What is tried again knows its own first attempt by its mark; what is taken is taken once.

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import type { RecordStore } from '../port.ts';
import type { Reach } from './reachable.ts';
import type { RecordDocument } from './schema.ts';
import { isDuplicate } from './transact.ts';

/** Texts longer than this are no keys and not in the index of fields: they are compared in the record itself. */
const longestField = 200;

type Records = mongo.Collection<RecordDocument>;
type Where = Readonly<Record<string, string>>;

export const createRecords = (records: Records, reach: Reach, now: () => number): RecordStore => {
  const tools = { records, now };
  return {
    get: (kind, id) =>
      reach.again(async () =>
        read(await records.findOne({ _id: nameOf(kind, id), ...unexpired(now()) })),
      ),
    find: (kind, where) =>
      reach.again(async () =>
        (await findWhere(kind, where, tools)).map(({ value }) => read({ value })),
      ),
    put: async (kind, id, value, expires) => {
      const document = documentOf(kind, value, expires);
      await reach.again(() => put(nameOf(kind, id), document, records));
    },
    // Made once: every attempt has the same mark.
    add: async (kind, id, value, expires) => {
      const document = documentOf(kind, value, expires);
      return reach.again(() => add(nameOf(kind, id), document, tools));
    },
    replace: async (kind, id, value, expected) => {
      const document = documentOf(kind, value);
      return reach.again(() => replace(nameOf(kind, id), document, expected, tools));
    },
    take: (kind, id) =>
      reach.once(async () =>
        read(await records.findOneAndDelete({ _id: nameOf(kind, id), ...unexpired(now()) })),
      ),
    drop: (kind, where) =>
      reach.again(async () => {
        const found = await findWhere(kind, where, tools);
        const marks = found.map(({ _id, mark }) => ({ _id, mark }));
        // By their marks: what was written anew meanwhile is another record.
        const removed = marks.length === 0 ? undefined : await records.deleteMany({ $or: marks });
        return removed?.deletedCount ?? 0;
      }),
  };
};

interface Tools {
  readonly records: Records;
  readonly now: () => number;
}

const nameOf = (kind: string, id: string): string => `${kind}\0${id}`;

const unexpired = (now: number) => ({
  $or: [{ expires: { $exists: false } }, { expires: { $gt: new Date(now) } }],
});

const documentOf = (kind: string, value: object, expires?: Date): Omit<RecordDocument, '_id'> => ({
  kind,
  value: JSON.stringify(value),
  mark: randomUUID(),
  fields: fieldsOf(value),
  ...(expires === undefined ? {} : { expires }),
});

const fieldsOf = (value: object): RecordDocument['fields'] =>
  Object.entries(value).flatMap(([f, v]: readonly [string, unknown]) =>
    typeof v === 'string' && v.length <= longestField ? [{ f, v }] : [],
  );

const read = (found: Pick<RecordDocument, 'value'> | null): unknown =>
  found === null ? undefined : (JSON.parse(found.value) as unknown);

/** In the order of the ids. */
const findWhere = async (
  kind: string,
  where: Where,
  { records, now }: Tools,
): Promise<readonly RecordDocument[]> => {
  const fields = Object.entries(where);
  const short = fields.filter(([, v]) => v.length <= longestField);
  const conditions = short.map(([f, v]) => ({ fields: { $elemMatch: { f, v } } }));
  const filter = { kind, $and: [unexpired(now()), ...conditions] };
  const found = await records.find(filter).sort({ _id: 1 }).toArray();
  if (short.length === fields.length) return found;
  return found.filter(({ value }) => {
    const own = JSON.parse(value) as Readonly<Record<string, unknown>>;
    return fields.every(([field, text]) => own[field] === text);
  });
};

/** Two that both insert collide; the second then finds what to replace. */
const put = async (
  _id: string,
  document: Omit<RecordDocument, '_id'>,
  records: Records,
): Promise<void> => {
  const upsert = () => records.replaceOne({ _id }, document, { upsert: true });
  try {
    await upsert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await upsert();
  }
};

/** Takes the place of an expired one; where one is there the insertion it then tries fails by the key. */
const add = async (
  _id: string,
  document: Omit<RecordDocument, '_id'>,
  { records, now }: Tools,
): Promise<boolean> => {
  const expired = { _id, expires: { $lte: new Date(now()) } };
  try {
    await records.replaceOne(expired, document, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // It may be our own, of which no answer came.
    return (await records.findOne({ _id }))?.mark === document.mark;
  }
};

const replace = async (
  _id: string,
  document: Omit<RecordDocument, '_id'>,
  expected: object,
  { records, now }: Tools,
): Promise<boolean> => {
  const wanted = JSON.parse(JSON.stringify(expected)) as unknown;
  for (;;) {
    const found = await records.findOne({ _id, ...unexpired(now()) });
    if (found?.mark === document.mark) return true;
    if (found === null || !isDeepStrictEqual(read(found), wanted)) return false;
    const { value, mark, fields } = document;
    const { modifiedCount } = await records.updateOne(
      { _id, mark: found.mark },
      { $set: { value, mark, fields } },
    );
    // Otherwise another was quicker, perhaps with the same value.
    if (modifiedCount === 1) return true;
  }
};
