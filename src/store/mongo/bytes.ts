// bytes: files of GridFS. A file is there for readers when its last chunk is; what was begun and not ended is noted.
// https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md

import { createHash, randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import mongoose, { type Connection, type mongo } from 'mongoose';
import type { ByteStore, Staged } from '../port.ts';
import { concerns } from './concerns.ts';
import type { Reach } from './reachable.ts';
import type { UploadDocument } from './schema.ts';

interface Metadata {
  readonly sha1: string;
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly staged: number;
  readonly adopted: boolean;
}
export interface FileDocument {
  readonly _id: string;
  readonly length: number;
  readonly metadata: Metadata;
}

export const bucketName = 'bytes';

export const filesOf = (connection: Connection): mongo.Collection<FileDocument> =>
  connection.collection<FileDocument>(`${bucketName}.files`, concerns);

interface Chunk {
  readonly files_id: string;
}

export interface RestorableBytes extends ByteStore {
  /** Stages under the id that the bytes had in another store. */
  restore(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged>;
}

export const createBytes = (
  connection: Connection,
  uploads: mongo.Collection<UploadDocument>,
  reach: Reach,
  now: () => number,
): RestorableBytes => {
  const bucket = new mongoose.mongo.GridFSBucket(connection.db!, {
    bucketName,
    writeConcern: concerns.writeConcern,
  });
  const files = filesOf(connection);
  const chunks = connection.db!.collection<Chunk>(`${bucketName}.chunks`, concerns);

  const removeChunks = (id: string) => chunks.deleteMany({ files_id: id });

  const restore = (id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged> =>
    reach.once(async () => {
      await uploads.insertOne({ _id: id, at: new Date(now()) });
      try {
        return await upload(id, bytes);
      } catch (error) {
        await removeChunks(id).catch(() => undefined);
        throw error;
      } finally {
        await uploads.deleteOne({ _id: id }).catch(() => undefined);
      }
    });

  return {
    restore,
    stage: (bytes) => restore(randomUUID().replaceAll('-', ''), bytes),
    describe: (id) =>
      reach.again(async () => {
        const file = await files.findOne({ _id: id });
        if (file === null) return undefined;
        const { sha1, sha256 } = file.metadata;
        return { id, size: file.length, sha1, sha256 };
      }),
    open: async function* (id, range) {
      if ((await reach.again(() => files.findOne({ _id: id }))) === null)
        throw new Error(`There are no bytes '${id}'.`);
      const part = range === undefined ? {} : { start: range.first, end: range.last + 1 };
      yield* bucket.openDownloadStream(id as never, part) as AsyncIterable<Uint8Array>;
    },
    discard: (ids) =>
      reach.again(async () => {
        for (const id of ids) {
          const file = await files.findOneAndDelete({ _id: id, 'metadata.adopted': false });
          if (file !== null) await removeChunks(id);
        }
      }),
    sweep: (before) =>
      reach.again(async () => {
        await sweepUploads(before);
        return sweepFiles(before);
      }),
  };

  async function upload(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged> {
    const sha1 = createHash('sha1');
    const sha256 = createHash('sha256');
    let size = 0;
    const stream = bucket.openUploadStreamWithId(id as never, id);
    try {
      for await (const chunk of bytes) {
        sha1.update(chunk);
        sha256.update(chunk);
        size += chunk.length;
        if (!stream.write(chunk)) await drained(stream);
      }
    } catch (error) {
      stream.destroy();
      throw error;
    }
    const digests = { sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
    // The file is written when the stream ends, with what is known only then.
    stream.options.metadata = { ...digests, staged: now(), adopted: false } satisfies Metadata;
    stream.end();
    await finished(stream);
    return { id, size, ...digests };
  }

  async function sweepFiles(before: Date): Promise<number> {
    const old = { 'metadata.adopted': false, 'metadata.staged': { $lt: before.getTime() } };
    let swept = 0;
    for (;;) {
      // One at a time, and not by a list: between a list and the deletion one could be adopted.
      const file = await files.findOneAndDelete(old, { projection: { _id: 1 } });
      if (file === null) return swept;
      await removeChunks(file._id);
      swept += 1;
    }
  }

  async function sweepUploads(before: Date): Promise<void> {
    for await (const { _id } of uploads.find({ at: { $lt: before } })) {
      if ((await files.findOne({ _id })) === null) await removeChunks(_id);
      await uploads.deleteOne({ _id });
    }
  }
};

/** The stream takes more, or it has failed. */
const drained = (stream: mongo.GridFSBucketWriteStream): Promise<void> =>
  new Promise((resolve, reject) => {
    const taken = (): void => {
      stream.off('error', failed);
      resolve();
    };
    const failed = (error: Error): void => {
      stream.off('drain', taken);
      reject(error);
    };
    stream.once('drain', taken);
    stream.once('error', failed);
  });
