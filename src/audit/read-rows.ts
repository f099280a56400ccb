// Read rows: the finished batches of a journal file from a place on, some at a time.

import { open } from 'node:fs/promises';
import { readPart } from './files.ts';
import { isRow, readLine } from './lines.ts';
import type { Row } from './row.ts';

export interface Slice {
  readonly rows: readonly Row[];
  /** Where the next slice begins: after a finished batch. */
  readonly offset: number;
}

const firstBytes = 64 * 1024;

/** No rows when nothing is finished after the place. A batch is never cut, so a slice may be larger than `firstBytes`. */
export const readRows = async (path: string, from: number): Promise<Slice> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const rest = size - from;
    for (let length = Math.min(rest, firstBytes); length > 0; length = Math.min(rest, length * 4)) {
      const slice = finishedRows(await readPart(handle, from, length), from);
      if (slice.offset > from || length === rest) return slice;
    }
    return { rows: [], offset: from };
  } finally {
    await handle.close();
  }
};

const finishedRows = (bytes: Buffer, from: number): Slice => {
  const rows: Row[] = [];
  let [unfinished, offset]: [Row[], number] = [[], from];
  for (let at = 0, end = bytes.indexOf(10); end >= 0; at = end + 1, end = bytes.indexOf(10, at)) {
    const line = readLine(bytes.toString('utf8', at, end));
    if (line === undefined) continue;
    if (isRow(line)) unfinished.push(line);
    else if (line.j === 'link') {
      rows.push(...unfinished);
      [unfinished, offset] = [[], from + end + 1];
    }
  }
  return { rows, offset };
};
