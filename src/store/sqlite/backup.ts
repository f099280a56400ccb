// backup: a copy of the store while the server runs, as `npm run backup -- <target folder>`.

import { cp, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { backup as copyDatabase } from 'node:sqlite';
import { readConfig } from '../../platform/config.ts';
import { openConnection, type Connection } from './connection.ts';
import { fileName } from './file-name.ts';

/** Parts of the whole that are done, from 0 to 1. */
export type Progress = (step: string, done: number) => void;

/** Pages copied between two looks at the writer, which goes on meanwhile. */
const pagesAtOnce = 2000;

/**
 * Writes a data folder of its own into `target`, which must not have one yet. The database is the state of one moment, and
 * all bytes it refers to are there, because adopted bytes are never changed or removed. The journal of accesses goes with it.
 */
export const backup = async (
  dataDir: string,
  target: string,
  progress: Progress = () => undefined,
): Promise<void> => {
  await stat(join(dataDir, fileName)).catch(() => {
    throw new Error(`There is no store in '${dataDir}'. Set DATA_DIR to the server's data folder.`);
  });
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0)
    throw new Error(`The folder '${target}' is not empty. Name a new one.`);
  const source = openConnection(join(dataDir, fileName), 'read', 16);
  // A transaction that reads stays at one moment; without it SQLite begins the copy anew at every write.
  source.database.exec('BEGIN; SELECT 1 FROM setting');
  try {
    await copyFile(source, target, progress);
  } finally {
    source.close();
  }
  await copyBytes(dataDir, target, progress);
  await copyJournal(dataDir, target);
};

/** After the database, so that all the database knows of is there; a row that is being written ends the copy unfinished. */
const copyJournal = async (dataDir: string, target: string): Promise<void> => {
  const journal = join(dataDir, 'audit');
  const isThere = await stat(journal).catch(() => undefined);
  if (isThere) await cp(journal, join(target, 'audit'), { recursive: true });
};

/** Under another name until it is whole, so that a copy broken off is not taken for one. */
const copyFile = async (source: Connection, target: string, progress: Progress): Promise<void> => {
  const unfinished = join(target, `${fileName}.unfinished`);
  await copyDatabase(source.database, unfinished, {
    rate: pagesAtOnce,
    progress: ({ totalPages, remainingPages }) => {
      progress('database', 1 - remainingPages / Math.max(1, totalPages));
    },
  });
  progress('database', 1);
  await sync(unfinished);
  await rename(unfinished, join(target, fileName));
};

const copyBytes = async (dataDir: string, target: string, progress: Progress): Promise<void> => {
  const copy = openConnection(join(target, fileName), 'read', 16);
  const ids = copy.all('SELECT id FROM bytes WHERE adopted = 1', []).map(([id]) => String(id));
  copy.close();
  // A database that was read leaves these beside it when it could not remove them.
  await Promise.all(
    ['-wal', '-shm'].map((end) => rm(join(target, fileName + end), { force: true })),
  );
  for (const [place, id] of ids.entries()) {
    const path = join('bytes', id.slice(0, 2), id.slice(2, 4), id);
    await cp(join(dataDir, path), join(target, path));
    progress('files', (place + 1) / ids.length);
  }
};

const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
};

const width = 40;
const draw: Progress = (step, done) => {
  const full = Math.round(done * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  process.stderr.write(
    `\r${step.padEnd(8)} ${bar} ${String(Math.floor(done * 100)).padStart(3)} %`,
  );
  if (done === 1) process.stderr.write('\n');
};

if (import.meta.main) {
  const target = process.argv[2];
  if (target === undefined) {
    process.stderr.write('Usage: npm run backup -- <new folder>\n');
    process.exitCode = 2;
  } else {
    try {
      await backup(readConfig(process.env).dataDir, resolve(target), draw);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
