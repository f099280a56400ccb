// Verify: whether a journal is as it was written: no row changed, taken out, put in or moved, no file missing, none cut off.

import { join } from 'node:path';
import { createVerifySign, linkHash, noHash, type VerifySign } from './chain.ts';
import { findEnd, listFiles, type JournalFile } from './files.ts';
import {
  isRow,
  readLine,
  type FileLine,
  type Line,
  type LinkLine,
  type SignLine,
} from './lines.ts';
import { folderOf, type RecordedHead } from './recorded.ts';
import { readLines } from './read-lines.ts';
import type { Row } from './row.ts';

export interface Verification {
  readonly folder: string;
  /** The public key the signatures must fit; without it the one the files name, which who changed them may have changed. */
  readonly key?: string | undefined;
  /** Up to where chains were signed, as the store remembers it. */
  readonly heads?: readonly RecordedHead[] | undefined;
  /** Called with every row that is as it was written. */
  readonly each?: (chain: string, row: Row) => Promise<void> | void;
}

export interface Verified {
  readonly files: number;
  readonly chains: number;
  readonly rows: number;
  readonly signatures: number;
  /** The last rows, which nothing vouches for yet. */
  readonly unsigned: number;
  readonly key: string | undefined;
  /** What is wrong, one sentence each; none when the journal is sound. */
  readonly faults: readonly string[];
  /** What is worth knowing and not wrong. */
  readonly notes: readonly string[];
}

/** What is known at a place of the journal. */
interface State {
  chain: string;
  file: number;
  n: number;
  h: string;
  signed: number;
}

interface Count {
  files: number;
  chains: number;
  rows: number;
  signatures: number;
  unsigned: number;
}

interface Work {
  readonly asked: Verification;
  readonly count: Count;
  readonly faults: string[];
  readonly notes: string[];
  /** Heads that are still to be met. */
  readonly heads: Map<string, RecordedHead>;
  state: State | undefined;
  key: string | undefined;
  verifies: VerifySign | undefined;
}

export const verifyJournal = async (asked: Verification): Promise<Verified> => {
  const files = await listFiles(asked.folder);
  const work: Work = {
    asked,
    count: { files: 0, chains: 0, rows: 0, signatures: 0, unsigned: 0 },
    ...{ faults: [], notes: [], state: undefined, key: asked.key, verifies: undefined },
    heads: new Map((asked.heads ?? []).map((head) => [head.chain, head])),
  };
  if (asked.key !== undefined) work.verifies = createVerifySign(asked.key);
  for (const [place, file] of files.entries()) {
    const isLastOfChain = files[place + 1]?.chain !== file.chain;
    if (isLastOfChain && !(await findEnd(join(asked.folder, file.name))))
      work.notes.push(`${file.name} was begun and nothing in it finished; nobody was answered.`);
    else await verifyFile(file, isLastOfChain, work);
  }
  endChain(work);
  const folder = files[0] && folderOf(files[0].chain);
  for (const { chain, n, folder: of } of work.heads.values())
    if (folder === undefined || of === folder)
      work.faults.push(`Chain ${chain} was signed up to row ${String(n)}, and its end is missing.`);
  const { count, key, faults, notes } = work;
  return { ...count, key, faults, notes };
};

const verifyFile = async (file: JournalFile, isLastOfChain: boolean, work: Work): Promise<void> => {
  work.count.files += 1;
  const lines: Line[] = [];
  const bytes: Buffer[] = [];
  let isFirst = true;
  for await (const line of readLines(join(work.asked.folder, file.name))) {
    const read = line.at(-1) === 10 ? readLine(line.toString('utf8')) : undefined;
    if (isFirst) beginFile(file, read, work);
    isFirst = false;
    if (read && 'j' in read && read.j === 'link') {
      await verifyBatch(file, { lines, bytes, link: read }, work);
      lines.length = 0;
      bytes.length = 0;
      continue;
    }
    bytes.push(line);
    // Whatever it is, the hash tells that it does not belong here.
    if (read) lines.push(read);
  }
  if (isFirst) beginFile(file, undefined, work);
  if (bytes.length === 0) return;
  if (isLastOfChain)
    work.notes.push(`${file.name} ends in a batch that was not finished; nobody was answered.`);
  else work.faults.push(`${file.name} ends in the middle of a batch.`);
};

/** What the first line says must be what the file before left. */
const beginFile = (file: JournalFile, read: Line | undefined, work: Work): void => {
  const { name, chain, file: number } = file;
  const head = read && 'j' in read && read.j === 'file' ? read : undefined;
  if (!head) work.faults.push(`${name} does not begin with its file line.`);
  else if (head.chain !== chain || head.file !== number)
    work.faults.push(`${name} says that it is file ${String(head.file)} of chain ${head.chain}.`);
  if (head) checkKey(head, name, work);
  if (work.state?.chain === chain) continueChain(file, head, work);
  else beginChain(file, head, work);
};

const checkKey = (head: FileLine, name: string, work: Work): void => {
  work.key ??= head.key;
  if (head.key !== work.key) work.faults.push(`${name} names another key than ${work.key}.`);
  work.verifies ??= createVerifySign(work.key);
};

const beginChain = (file: JournalFile, head: FileLine | undefined, work: Work): void => {
  const before = work.state;
  endChain(work);
  const previous = head?.previous;
  if (
    before &&
    previous &&
    (previous.chain !== before.chain || previous.n !== before.n || previous.h !== before.h)
  )
    work.faults.push(
      previous.chain === before.chain
        ? `Chain ${before.chain} ends at row ${String(before.n)}; when chain ${file.chain} began it ended at row ${String(previous.n)}, otherwise.`
        : `Between the chains ${before.chain} and ${file.chain}, chain ${previous.chain} is missing.`,
    );
  if (before && head && !previous)
    work.faults.push(`${file.name} names no chain before it, and there is ${before.chain}.`);
  if (!before && previous)
    work.faults.push(`The files of chain ${previous.chain} and those before it are missing.`);
  if (file.file !== 1)
    work.faults.push(`The files of chain ${file.chain} before ${file.name} are missing.`);
  const start = file.file === 1 ? { n: 0, h: noHash } : { n: head?.n ?? 0, h: head?.h ?? noHash };
  work.state = { chain: file.chain, file: file.file, signed: start.n, ...start };
  work.count.chains += 1;
};

const continueChain = (file: JournalFile, head: FileLine | undefined, work: Work): void => {
  const state = work.state!;
  if (file.file !== state.file + 1)
    work.faults.push(
      `Between file ${String(state.file)} of chain ${file.chain} and ${file.name}, files are missing.`,
    );
  else if (head && (head.n !== state.n || head.h !== state.h))
    work.faults.push(
      `${file.name} goes on after row ${String(head.n)}, and the file before it ends at row ${String(state.n)}, otherwise.`,
    );
  state.file = file.file;
  if (head) Object.assign(state, { n: head.n, h: head.h });
};

const endChain = ({ state, count }: Work): void => {
  if (state) count.unsigned = state.n - state.signed;
};

interface Batch {
  readonly lines: readonly Line[];
  readonly bytes: readonly Buffer[];
  readonly link: LinkLine;
}

const verifyBatch = async (
  { name }: JournalFile,
  { lines, bytes, link }: Batch,
  work: Work,
): Promise<void> => {
  const state = work.state!;
  const rows = lines.filter(isRow);
  const h = linkHash(state.h, Buffer.concat(bytes));
  for (const line of lines) if ('j' in line && line.j === 'sign') verifySignature(line, name, work);
  const isCounted =
    rows.every(({ n }, place) => n === state.n + place + 1) && link.n === state.n + rows.length;
  if (h !== link.h || !isCounted)
    work.faults.push(
      `${name}: rows ${String(state.n + 1)} to ${String(link.n)} are not as they were written: changed, taken out, put in or moved.`,
    );
  else for (const row of rows) await work.asked.each?.(state.chain, row);
  work.count.rows += rows.length;
  Object.assign(state, { n: link.n, h: link.h });
  meetHead(state, work);
};

/** A signature stands before the batch after the one it vouches for. */
const verifySignature = (line: SignLine, name: string, work: Work): void => {
  const state = work.state!;
  const { n, h, t, s } = line;
  const isTrue = work.verifies?.({ chain: state.chain, n, h, t }, s) ?? false;
  if (!isTrue) work.faults.push(`${name}: the signature of row ${String(n)} is not by the key.`);
  else if (n !== state.n || h !== state.h)
    work.faults.push(`${name}: what was signed up to row ${String(n)} is not what stands there.`);
  else {
    work.count.signatures += 1;
    state.signed = n;
  }
};

const meetHead = ({ chain, n, h }: State, { heads, faults }: Work): void => {
  const head = heads.get(chain);
  if (!head || n < head.n) return;
  heads.delete(chain);
  if (n !== head.n || h !== head.h)
    faults.push(
      `Chain ${chain} was signed up to row ${String(head.n)}, otherwise than it stands there.`,
    );
};
