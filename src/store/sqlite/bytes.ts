// bytes: files under the data folder, sharded by id; what is adopted and what not is in the store.

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteStore, Staged } from '../port.ts';
import type { Connection } from './connection.ts';
import type { Writer } from './writer.ts';

export interface RestorableBytes extends ByteStore {
  /** Stages under the id that the bytes had in another store. */
  restore(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged>;
}

/**
 * A file is written to `incoming`, made durable, entered in the store, and only then moved to its place. So what is in
 * its place has an entry, and what is left in `incoming` by a crash is swept.
 */
export const createBytes = (
  dataDir: string,
  connection: Connection,
  writer: Writer,
  now: () => number,
): RestorableBytes => {
  const folder = join(dataDir, 'bytes');
  const incoming = join(folder, 'incoming');
  const folderOf = (id: string): string => join(folder, id.slice(0, 2), id.slice(2, 4));

  const sweepIncoming = async (before: Date): Promise<void> => {
    for (const id of await namesIn(incoming)) {
      const { mtime } = await stat(join(incoming, id));
      if (mtime < before) await rm(join(incoming, id), { force: true });
    }
  };

  const removeFiles = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await rm(join(folderOf(id), id), { force: true });
  };

  const restore = async (id: string, bytes: AsyncIterable<Uint8Array>): Promise<Staged> => {
    const from = join(incoming, id);
    await mkdir(incoming, { recursive: true });
    await mkdir(folderOf(id), { recursive: true });
    const staged = await write(from, id, bytes);
    await writer.run({ op: 'stage', staged, at: now() });
    await rename(from, join(folderOf(id), id));
    const folders = [dataDir, folder, join(folder, id.slice(0, 2)), folderOf(id)];
    await Promise.all(folders.map(syncFolder));
    return staged;
  };

  return {
    restore,
    stage: (bytes) => restore(randomUUID().replaceAll('-', ''), bytes),
    describe: (id) => {
      const row = connection.row('SELECT size, sha1, sha256 FROM bytes WHERE id = ?', [id]);
      if (row === undefined) return Promise.resolve(undefined);
      const [size, sha1, sha256] = row as [number, string, string];
      return Promise.resolve({ id, size, sha1, sha256 });
    },
    // The file is opened by whoever begins to read, so that nothing stays open when nobody does.
    open: async function* (id, range) {
      if (!isId(id)) throw new Error(`There are no bytes '${id}'.`);
      const part = range === undefined ? {} : { start: range.first, end: range.last };
      yield* createReadStream(join(folderOf(id), id), part);
    },
    discard: async (ids) => {
      await removeFiles((await writer.run({ op: 'discard', ids })) as string[]);
    },
    sweep: async (before) => {
      const swept = (await writer.run({ op: 'sweep', before: before.getTime() })) as string[];
      await removeFiles(swept);
      await sweepIncoming(before);
      return swept.length;
    },
  };
};

const isId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

/** Writes the file to the disk and takes its size and digests as the bytes pass by. */
const write = async (
  path: string,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Staged> => {
  const sha1 = createHash('sha1');
  const sha256 = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of bytes) {
      sha1.update(chunk);
      sha256.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return { id, size, sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
};

/** A new name is durable only when its folder is. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const namesIn = async (path: string): Promise<readonly string[]> => {
  try {
    return await readdir(path);
  } catch {
    // The folder is made when the first bytes come.
    return [];
  }
};
