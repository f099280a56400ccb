// What became of the one attempt of this machine to get a mongod, kept beside the binaries it downloads.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Attempt =
  | { readonly binary: string }
  /** `at`: milliseconds since 1970. */
  | { readonly why: string; readonly at: number };

type Environment = Readonly<Record<string, string | undefined>>;

/** A machine that could not download today may well tomorrow. */
const forgetAfter = 24 * 60 * 60 * 1000;

/** Where mongodb-memory-server keeps its downloads for all projects of a user. */
export const folderOf = (env: Environment): string =>
  env['MONGOMS_DOWNLOAD_DIR'] ?? join(homedir(), '.cache', 'mongodb-binaries');

const fileOf = (env: Environment): string => join(folderOf(env), 'meridian-attempt.json');

/** undefined: none was made, too long ago, or the binary is gone. */
export const remembered = (env: Environment, now = Date.now()): Attempt | undefined => {
  if (!existsSync(fileOf(env))) return undefined;
  const attempt = JSON.parse(readFileSync(fileOf(env), 'utf8')) as Attempt;
  const holds = 'binary' in attempt ? existsSync(attempt.binary) : now - attempt.at < forgetAfter;
  return holds ? attempt : undefined;
};

/** Where the folder cannot be written to, nothing is remembered, and the next run tries again. */
export const remember = async (env: Environment, attempt: Attempt): Promise<void> => {
  try {
    await mkdir(folderOf(env), { recursive: true });
    await writeFile(fileOf(env), `${JSON.stringify(attempt)}\n`);
  } catch (error) {
    if (!codesOfFiles.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
};

const codesOfFiles = ['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'];
