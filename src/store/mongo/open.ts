// open: the store over MongoDB, for several processes of Meridian on one replica set or sharded cluster.

import type { MovableStore } from '../port.ts';
import { bucketName, createBytes, filesOf } from './bytes.ts';
import { connect } from './connect.ts';
import { checkFingerprint } from './fingerprint.ts';
import { createInventory } from './inventory.ts';
import { createReach } from './reachable.ts';
import { createRecords } from './records.ts';
import { createResources } from './resources.ts';
import { collectionOf, createIndexes, createModels } from './schema.ts';
import { createSequence } from './sequence.ts';
import { createTransact } from './transact.ts';
import { createWrite } from './write.ts';

export interface MongoOptions {
  readonly url: string;
  /** How long the start waits for a server. */
  readonly waitSeconds?: number;
  /** How long a request waits for an election, or for others that are in the way. */
  readonly patienceSeconds?: number;
  readonly searchSeconds: number;
  /** How many resources at the other end of a chain are listed; with more of them the chain is followed back. */
  readonly mostListed?: number;
  /** A list by date that is longer than this is read in parts rather than put in order as a whole. */
  readonly mostSorted?: number;
  /** Of the definitions that the index values are extracted by. */
  readonly fingerprint: string;
  readonly log?: (message: string) => void;
  /** Told which server was found. */
  readonly inform?: (message: string) => void;
  /** The clock by which records expire and staged bytes age. */
  readonly now?: () => number;
}

/** Throws when no server answers in time, or when the one that does cannot be used. */
export const openMongo = async ({
  url,
  waitSeconds = 30,
  patienceSeconds = 15,
  searchSeconds,
  mostListed = 1000,
  mostSorted = 2000,
  fingerprint,
  log = () => undefined,
  inform = () => undefined,
  now = Date.now,
}: MongoOptions): Promise<MovableStore> => {
  const { connection, deployment } = await connect({ url, waitSeconds, patienceSeconds, log });
  try {
    inform(deployment.words);
    const models = createModels(connection);
    await createIndexes(models);
    await indexBytes(connection);
    const sequence = createSequence();
    const reach = createReach(patienceSeconds);
    const collections = {
      resources: collectionOf(models.resources, connection),
      versions: collectionOf(models.versions, connection),
      guards: collectionOf(models.guards, connection),
      files: filesOf(connection),
    };
    const records = createRecords(collectionOf(models.records, connection), reach, now);
    await checkFingerprint(collectionOf(models.settings, connection), records, {
      fingerprint,
      log,
    });
    const bytes = createBytes(connection, collectionOf(models.uploads, connection), reach, now);
    return {
      resources: createResources({
        ...{ resources: collections.resources, versions: collections.versions, sequence },
        database: connection.db!,
        reach,
        ...{
          searchSeconds,
          mostListed,
          mostSorted,
          transact: createTransact(connection, patienceSeconds),
        },
        write: createWrite(collections, sequence),
      }),
      records,
      bytes,
      inventory: createInventory(
        collections.resources,
        collectionOf(models.records, connection),
        bytes,
      ),
      ping: () =>
        reach.once(async () => {
          await connection.db!.admin().command({ ping: 1 }, { timeoutMS: pingMilliseconds });
        }),
      close: async () => {
        await reach.finish();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
};

const pingMilliseconds = 2000;

/** Chunks have the index GridFS asks for; what is staged is found by its age. */
const indexBytes = async (connection: Parameters<typeof filesOf>[0]): Promise<void> => {
  await connection
    .collection(`${bucketName}.chunks`)
    .createIndex({ files_id: 1, n: 1 }, { unique: true }, {});
  await filesOf(connection).createIndex({ 'metadata.adopted': 1, 'metadata.staged': 1 }, {}, {});
};
