// State: how far each file has come, in a journal beside the list, so that a run that was broken off goes on.
// It holds no health IDs and no names of files: what a file is, is said by digests.

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outcome } from './outcome.ts';

export interface Progressed {
  /** Address of the upload under way. */
  readonly upload?: string;
  /** `Binary/1`, once all bytes are there. */
  readonly binary?: string;
  /** What became of it in the end. */
  readonly outcome?: Outcome;
}

export interface State {
  of(key: string): Progressed;
  /** On the disk when it resolves. */
  note(key: string, progressed: Progressed): Promise<void>;
}

/** A last line that was not written to its end is as if it were not there. */
export const openState = async (path: string): Promise<State> => {
  const known = new Map<string, Progressed>();
  const text = await readFile(path, 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    const row = readRow(line);
    if (row) known.set(row.key, { ...known.get(row.key), ...row });
  }
  await mkdir(dirname(path), { recursive: true });
  // Whatever the last line was, the next one begins anew.
  let start = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    of: (key) => known.get(key) ?? {},
    note: async (key, progressed) => {
      known.set(key, { ...known.get(key), ...progressed });
      const line = `${start}${JSON.stringify({ key, ...progressed })}\n`;
      start = '';
      await appendFile(path, line, { mode: 0o600, flush: true });
    },
  };
};

const readRow = (line: string): (Progressed & { readonly key: string }) | undefined => {
  try {
    const row = JSON.parse(line) as Progressed & { readonly key?: unknown };
    return typeof row.key === 'string' ? { ...row, key: row.key } : undefined;
  } catch {
    return undefined;
  }
};

/** One file of one person on one server. */
export const keyOf = (server: string, uhid: string, sha256: string): string =>
  createHash('sha256').update([server, uhid, sha256].join('\n')).digest('hex');
