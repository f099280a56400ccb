// administration: greetings, indexes, collections, sessions and the ends of transactions.

import { Fault } from './fault.ts';
import { fullName, type Asked, type Handler } from './reads.ts';
import type { IndexDefinition } from './collection.ts';
import type { Document } from './wire.ts';

/** It says what it is wherever a server says its version. */
const buildInfo: Handler = () => ({
  version: '8.0.0',
  gitVersion: 'stand-in of the Meridian tests, not a mongod',
  modules: [],
  versionArray: [8, 0, 0, 0],
  maxBsonObjectSize: 16_777_216,
});

const collectionOf = ({ command, name, database }: Asked) =>
  database.collection(fullName(command, name), 'make');

const createIndexes: Handler = (asked) => {
  const collection = collectionOf(asked);
  const before = collection.indexes.length;
  for (const index of asked.command['indexes'] as readonly IndexDefinition[])
    collection.addIndex(index);
  return { numIndexesBefore: before, numIndexesAfter: collection.indexes.length };
};

const listed = (asked: Asked, firstBatch: readonly object[]): Document => ({
  cursor: { id: 0, ns: `${String(asked.command['$db'])}.$cmd`, firstBatch },
});

const listIndexes: Handler = (asked) =>
  listed(
    asked,
    collectionOf(asked).indexes.map((index) => ({ v: 2, ...index })),
  );

const listCollections: Handler = (asked) => {
  const prefix = `${String(asked.command['$db'])}.`;
  const names = [...asked.database.collections.keys()].filter((name) => name.startsWith(prefix));
  return listed(
    asked,
    names.map((name) => ({
      name: name.slice(prefix.length),
      type: 'collection',
      options: {},
      info: {},
    })),
  );
};

const create: Handler = (asked) => {
  const name = fullName(asked.command, 'create');
  if (asked.database.collection(name, 'leave'))
    throw new Fault(48, 'NamespaceExists', `Collection ${name} already exists.`);
  asked.database.collection(name, 'make');
  return {};
};

const dropDatabase: Handler = ({ command, database }) => {
  database.drop(`${String(command['$db'])}.`);
  return { dropped: command['$db'] };
};
const drop: Handler = ({ command, database }) => {
  database.drop(fullName(command, 'drop'));
  return {};
};
const dropIndexes: Handler = (asked) => {
  const { indexes } = collectionOf(asked);
  const place = indexes.findIndex(({ name }) => name === asked.command['index']);
  if (place < 1) throw new Fault(27, 'IndexNotFound', 'there is no such index');
  indexes.splice(place, 1);
  return {};
};

const commitTransaction: Handler = ({ command, database }) => {
  database.commit(command);
  return {};
};
const abortTransaction: Handler = ({ command, database }) => {
  database.abort(command);
  return {};
};

const nothing: Handler = () => ({});

export const administration: Readonly<Record<string, Handler>> = {
  ...{ buildInfo, createIndexes, listIndexes, listCollections, create, dropDatabase, drop },
  ...{ dropIndexes, commitTransaction, abortTransaction },
  ...{ ping: nothing, endSessions: nothing, getParameter: nothing, serverStatus: nothing },
};
