// Where servers of a test keep their data one after the other: a folder, and under STORE=mongo a database that outlives them.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useMongo } from './mongo.ts';

export interface Place {
  readonly dataDir: string;
  /** For the environment of each server. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export const openPlace = async (): Promise<Place> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'meridian-place-'));
  const removeFolder = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  if (process.env['STORE'] !== 'mongo') return { dataDir, env: {}, remove: removeFolder };
  const server = await useMongo();
  const url = server.freshUrl();
  return {
    ...{ dataDir, env: { MONGODB_URL: url } },
    remove: async () => {
      await server.drop(url);
      await server.release();
      await removeFolder();
    },
  };
};
