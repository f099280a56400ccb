// schema: the collections as mongoose models, with every index a standard search needs.

import {
  Schema,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
  type mongo,
} from 'mongoose';
import { concerns } from './concerns.ts';
import type { FormerDocument, ResourceDocument } from './documents.ts';

export interface GuardDocument {
  readonly _id: string;
  readonly at: Date;
}
export interface RecordDocument {
  /** The kind, a NUL and the id: the records of a kind lie together, by id. */
  readonly _id: string;
  readonly kind: string;
  /** JSON as a text: what clients name their fields can mean nothing to the database. */
  readonly value: string;
  /** Changes with every write: what compare-and-set compares. */
  readonly mark: string;
  /** Top-level text fields that are short enough to be keys. */
  readonly fields: readonly { readonly f: string; readonly v: string }[];
  readonly expires?: Date;
}
export interface SettingDocument {
  readonly _id: string;
  readonly value: string;
}
/** An upload that has begun and not ended: its chunks have no file yet. */
export interface UploadDocument {
  readonly _id: string;
  readonly at: Date;
}

export interface Models {
  readonly resources: Model<ResourceDocument>;
  readonly versions: Model<FormerDocument>;
  readonly guards: Model<GuardDocument>;
  readonly records: Model<RecordDocument>;
  readonly settings: Model<SettingDocument>;
  readonly uploads: Model<UploadDocument>;
}

type Index = readonly [IndexDefinition, IndexOptions?];

// Every index by value begins with the param and, where an equality precedes it, ends in the key: the page streams in
// default order. Of two arrays one index can hold only one, so each kind has its own.
const resourceIndexes: readonly Index[] = [
  [{ live: 1, key: 1 }],
  [{ type: 1, key: 1 }],
  [{ type: 1, at: 1, key: 1 }],
  [{ at: 1, key: 1 }],
  [{ of: 1, at: -1, seq: -1 }],
  [{ at: -1, seq: -1 }],
  [{ id: 1, key: 1 }],
  [{ custodian: 1, type: 1, key: 1 }],
  [{ 'token.p': 1, 'token.c': 1, key: 1 }],
  [{ 'string.p': 1, 'string.f': 1, key: 1 }],
  [{ 'reference.p': 1, 'reference.t': 1, key: 1 }],
  [{ 'uri.p': 1, 'uri.u': 1, key: 1 }],
  [{ 'date.p': 1, 'date.l': 1, 'date.h': 1 }],
  [{ 'date.p': 1, 'date.h': 1 }],
  [{ 'number.p': 1, 'number.u': 1, 'number.l': 1, 'number.h': 1 }],
];
const versionIndexes: readonly Index[] = [
  [{ name: 1, at: -1, seq: -1 }],
  [{ type: 1, at: -1, seq: -1 }],
  [{ at: -1, seq: -1 }],
];
/** A guard has done its work when the commits that ran beside its own are over. */
const guardSeconds = 3600;

// The schemas say the top level and leave what is inside as it is.
const anything = Schema.Types.Mixed;
const versionSchema = {
  id: { type: String, required: true },
  key: { type: String, required: true },
  seq: { type: String, required: true },
  version: { type: String, required: true },
  at: { type: Number, required: true },
  method: { type: String, required: true },
  custodian: String,
  text: String,
} as const;

export const createModels = (connection: Connection): Models => ({
  resources: modelOf<ResourceDocument>(connection, 'resources', resourceIndexes, {
    ...{ _id: String, of: String, type: { type: String }, live: Boolean, ...versionSchema },
    ...{ token: [anything], string: [anything], reference: [anything], uri: [anything] },
    ...{ date: [anything], number: [anything], tuples: [anything], gone: anything },
  }),
  versions: modelOf<FormerDocument>(connection, 'versions', versionIndexes, {
    ...{ _id: String, name: String, type: { type: String }, deleted: Boolean, until: Number },
    ...versionSchema,
  }),
  guards: modelOf<GuardDocument>(
    connection,
    'guards',
    [[{ at: 1 }, { expireAfterSeconds: guardSeconds }]],
    { _id: String, at: Date },
  ),
  records: modelOf<RecordDocument>(
    connection,
    'records',
    [
      [{ kind: 1, 'fields.f': 1, 'fields.v': 1 }],
      // The server removes what has expired a minute or so later; until then every read leaves it out.
      [{ expires: 1 }, { expireAfterSeconds: 0 }],
    ],
    { _id: String, kind: String, value: String, mark: String, fields: [anything], expires: Date },
  ),
  settings: modelOf<SettingDocument>(connection, 'settings', [], { _id: String, value: String }),
  uploads: modelOf<UploadDocument>(connection, 'uploads', [[{ at: 1 }]], { _id: String, at: Date }),
});

const modelOf = <T>(
  connection: Connection,
  name: string,
  indexes: readonly Index[],
  fields: Record<string, unknown>,
): Model<T> => {
  const schema = new Schema(fields, {
    ...{
      collection: name,
      versionKey: false,
      autoIndex: false,
      autoCreate: false,
      minimize: false,
    },
  });
  for (const [definition, options] of indexes) schema.index(definition, options);
  return connection.model(name, schema) as unknown as Model<T>;
};

/** Makes what is missing; an index that is there already costs nothing. */
export const createIndexes = async (models: Models): Promise<void> => {
  // Collections come before transactions: a transaction that makes one conflicts with every other.
  const all = Object.values(models) as readonly Model<unknown>[];
  await Promise.all(all.map((model) => model.createCollection()));
  await Promise.all(all.map((model) => model.createIndexes()));
};

/**
 * The driver's own collection of a model. What Meridian writes and asks for is settled above the store, so mongoose has
 * nothing to cast or to check, and casting each of fifty index values would cost more than the write.
 */
export const collectionOf = <T extends object>(
  model: Model<T>,
  connection: Connection,
): mongo.Collection<T> => connection.db!.collection<T>(model.collection.collectionName, concerns);
