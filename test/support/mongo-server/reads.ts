// reads: find, aggregate, count, distinct, getMore, killCursors and explain.

import { Aggregator } from 'mingo';
import mongoose from 'mongoose';
import type { Database } from './database.ts';
import { aggregate, matching, type Place } from './evaluate.ts';
import { explainPlan } from './explain.ts';
import { expired, Fault } from './fault.ts';
import type { Document } from './wire.ts';

export interface Asked {
  readonly command: Document;
  readonly name: string;
  readonly database: Database;
}

export type Handler = (asked: Asked) => Document | Promise<Document>;

const standardBatch = 101;

const placeOf = ({ command, name, database }: Asked): Place => ({
  collection: database.collection(fullName(command, name), 'make'),
  transaction: database.enter(command),
});

export const fullName = (command: Document, name: string): string =>
  `${String(command['$db'])}.${String(command[name])}`;

/** "Documents up to the maximum BSON document size" (16 MB) are in one batch; of what is stored here only bytes come near. */
const mostChunks = 60;

const batchOf = (found: readonly Document[], size: number): number =>
  found[0] && 'files_id' in found[0] ? Math.min(size, mostChunks) : size;

const cursorOf = (asked: Asked, found: readonly Document[], size: unknown): Document => {
  const { database, command, name } = asked;
  const first = batchOf(found, size === undefined ? standardBatch : Number(size));
  const rest = command['singleBatch'] === true ? [] : found.slice(first);
  const id = rest.length === 0 ? 0n : database.nextCursor();
  if (rest.length > 0) database.cursors.set(id, rest);
  return {
    cursor: {
      id: mongoose.mongo.Long.fromBigInt(id),
      ns: fullName(command, name),
      firstBatch: found.slice(0, first),
    },
  };
};

/** It cannot be stopped while it runs, so it fails when it is done too late. */
const inTime = <T>({ command }: Asked, work: () => T): T => {
  const most = Number(command['maxTimeMS'] ?? 0);
  const began = performance.now();
  const result = work();
  if (most > 0 && performance.now() - began > most) throw expired();
  return result;
};

const find: Handler = (asked) => {
  const { filter = {}, sort, skip, limit, projection, batchSize } = asked.command as FindCommand;
  const stages = [
    { $match: filter },
    ...(sort && Object.keys(sort).length > 0 ? [{ $sort: sort }] : []),
    ...(skip ? [{ $skip: skip }] : []),
    ...(limit ? [{ $limit: Math.abs(limit) }] : []),
    ...(projection && Object.keys(projection).length > 0 ? [{ $project: projection }] : []),
  ];
  return inTime(asked, () => cursorOf(asked, aggregate(stages, placeOf(asked)), batchSize));
};

interface FindCommand {
  readonly filter?: Document;
  readonly sort?: Document;
  readonly skip?: number;
  readonly limit?: number;
  readonly projection?: Document;
  readonly batchSize?: number;
}

const aggregateCommand: Handler = (asked) => {
  const { pipeline, cursor, explain } = asked.command as {
    readonly pipeline: readonly Document[];
    readonly cursor?: { readonly batchSize?: number };
    readonly explain?: boolean;
  };
  const place = placeOf(asked);
  if (explain === true) return explainPlan(pipeline, place.collection);
  return inTime(asked, () => cursorOf(asked, aggregate(pipeline, place), cursor?.batchSize));
};

const explain: Handler = (asked) => {
  const inner = asked.command['explain'] as Document;
  const name = Object.keys(inner)[0]!;
  const collection = asked.database.collection(
    `${String(asked.command['$db'])}.${String(inner[name])}`,
    'make',
  );
  const stages =
    name === 'aggregate'
      ? (inner['pipeline'] as readonly Document[])
      : [
          { $match: (inner['filter'] ?? {}) as Document },
          ...(inner['sort'] ? [{ $sort: inner['sort'] as Document }] : []),
        ];
  return explainPlan(stages, collection);
};

const count: Handler = (asked) => ({
  n: matching((asked.command['query'] ?? {}) as Document, placeOf(asked)).length,
});

const distinct: Handler = (asked) => {
  const { key, query = {} } = asked.command as { readonly key: string; readonly query?: Document };
  const found = [...matching(query, placeOf(asked))];
  const groups = new Aggregator([{ $unwind: `$${key}` }, { $group: { _id: `$${key}` } }]).run(
    found,
  );
  return { values: groups.map(({ _id }) => _id) };
};

const getMore: Handler = ({ command, database }) => {
  const id = BigInt(String(command['getMore']));
  const rest = database.cursors.get(id);
  if (rest === undefined) throw new Fault(43, 'CursorNotFound', `cursor id ${id} not found`);
  const size = command['batchSize'] === undefined ? 1000 : Number(command['batchSize']);
  const most = batchOf(rest, size);
  const batch = rest.slice(0, most);
  const left = rest.slice(most);
  if (left.length === 0) database.cursors.delete(id);
  else database.cursors.set(id, left);
  return {
    cursor: {
      id: mongoose.mongo.Long.fromBigInt(left.length === 0 ? 0n : id),
      ns: `${String(command['$db'])}.${String(command['collection'])}`,
      nextBatch: batch,
    },
  };
};

const killCursors: Handler = ({ command, database }) => {
  const ids = command['cursors'] as readonly unknown[];
  for (const id of ids) database.cursors.delete(BigInt(String(id)));
  return { cursorsKilled: ids };
};

export const reads: Readonly<Record<string, Handler>> = {
  ...{ find, aggregate: aggregateCommand, explain, count, distinct, getMore, killCursors },
};
