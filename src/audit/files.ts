// Files: the names of the journal's files, and where the last finished batch of one ends.

import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { linkStart, readLine, type FileLine, type LinkLine } from './lines.ts';

export interface JournalFile {
  /** Number of the process, then chance that is the same for the whole folder: `000017-3fa9c2d1`. */
  readonly chain: string;
  readonly file: number;
  readonly name: string;
}

const pattern = /^(\d{6}-[0-9a-f]{8})-(\d{6})\.jsonl$/;

export const journalFolder = (dataDir: string): string => join(dataDir, 'audit');

export const fileNameOf = (chain: string, file: number): string =>
  `${chain}-${String(file).padStart(6, '0')}.jsonl`;

/** In the order they were written; [] when there is no folder yet. */
export const listFiles = async (folder: string): Promise<readonly JournalFile[]> => {
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((name) => {
    const [, chain, file] = pattern.exec(name) ?? [];
    return chain === undefined ? [] : [{ chain, file: Number(file), name }];
  });
};

/** Where a file's last finished batch ends. */
export interface End {
  readonly n: number;
  readonly h: string;
  /** Bytes up to there. */
  readonly offset: number;
}

/** undefined when no batch of the file was finished. */
export const findEnd = async (path: string): Promise<End | undefined> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    for (let length = Math.min(size, 65_536); ; length = Math.min(size, length * 8)) {
      const found = lastLink(await readPart(handle, size - length, length), size - length);
      if (found !== undefined || length === size) return found;
    }
  } finally {
    await handle.close();
  }
};

/** Where the last chain with a finished batch ended; undefined when there is none. */
export const findLastEnd = async (folder: string): Promise<FileLine['previous']> => {
  for (const { name, chain } of (await listFiles(folder)).toReversed()) {
    // A process that is killed while it begins a file leaves one with nothing finished in it.
    const end = await findEnd(join(folder, name));
    if (end) return { chain, n: end.n, h: end.h };
  }
  return undefined;
};

/** First line of a file. */
export const readHead = async (path: string): Promise<FileLine | undefined> => {
  const handle = await open(path, 'r');
  try {
    const bytes = await readPart(handle, 0, 4096);
    const end = bytes.indexOf(10);
    const line = end < 0 ? undefined : readLine(bytes.toString('utf8', 0, end));
    return line !== undefined && 'j' in line && line.j === 'file' ? line : undefined;
  } finally {
    await handle.close();
  }
};

export const readPart = async (
  handle: FileHandle,
  from: number,
  length: number,
): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
};

const lastLink = (bytes: Buffer, from: number): End | undefined => {
  // A row's text has its quotes escaped, so this stands at the beginning of a link line only.
  const mark = Buffer.from(`\n${linkStart}`);
  for (let at = bytes.lastIndexOf(mark); at >= 0; at = bytes.lastIndexOf(mark, at - 1)) {
    const end = bytes.indexOf(10, at + 1);
    const line = end < 0 ? undefined : readLine(bytes.toString('utf8', at + 1, end));
    if (line !== undefined) {
      const { n, h } = line as LinkLine;
      return { n, h, offset: from + end + 1 };
    }
    if (at === 0) break;
  }
  return undefined;
};
