// Upload: the command that brings files into patients' records by health ID, a few at once, and tells what became of each.

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command, Surroundings } from './command.ts';
import { readList } from './list.ts';
import { isFine, Refused, showResults, type Result } from './outcome.ts';
import { readPrivateKey } from './private-key.ts';
import { createProgress, type Progress } from './progress.ts';
import { checkReport, type Listed, type Report } from './report.ts';
import { createServer, Unreachable } from './server.ts';
import { openState } from './state.ts';
import { createTokens, NoAccess } from './token.ts';
import { uploadFile, type Uploading } from './upload-file.ts';
import { Misuse, readAccount, type Words } from './words.ts';

/** 0 when each file is filed, held or known, 1 when one is not. */
export const upload: Command = async (words, surroundings) => {
  const listed = await readList(words);
  const checked = await Promise.all(listed.map(checkReport));
  const results = words.isSet('dry-run')
    ? checked.map((each, place) => rehearsed(each, listed[place]!))
    : await uploadAll(checked, listed, words, surroundings);
  surroundings.print(showResults(results));
  return results.every(isFine) ? 0 : 1;
};

type Checked = Awaited<ReturnType<typeof checkReport>>;

const rehearsed = (checked: Checked, { file }: Listed): Result =>
  'fault' in checked
    ? { file, outcome: 'refused', detail: checked.fault }
    : { file, outcome: 'filed', detail: `would be sent as ${checked.contentType} (dry run)` };

const uploadAll = async (
  checked: readonly Checked[],
  listed: readonly Listed[],
  words: Words,
  surroundings: Surroundings,
): Promise<readonly Result[]> => {
  const parallel = readParallel(words);
  const uploading = await open(words, surroundings);
  const bytes = checked.reduce((sum, each) => sum + ('fault' in each ? 0 : each.size), 0);
  const progress = createProgress(surroundings.screen, { files: checked.length, bytes });
  const results: Result[] = [];
  const next = checked.entries();
  const work = async (): Promise<void> => {
    for (const [place, each] of next) {
      const { file } = listed[place]!;
      const result =
        'fault' in each
          ? ({ file, outcome: 'refused', detail: each.fault } as const)
          : await uploadReport(each, place, uploading, progress);
      results[place] = result;
      progress.done(result);
    }
  };
  // A worker that cannot go on ends the others with the run.
  await Promise.all(Array.from({ length: parallel }, work)).finally(() => {
    progress.end();
  });
  return results;
};

const open = async (
  words: Words,
  { env, signal, pause }: Surroundings,
): Promise<Omit<Uploading, 'reached'>> => {
  const account = readAccount(words, env);
  const key = await readPrivateKey(account.key, account.keyId);
  const tokens = createTokens(account, key);
  return {
    base: account.server,
    server: createServer({ base: account.server, tokens, signal, ...(pause ? { pause } : {}) }),
    state: await openState(statePath(words, env)),
    system: words.option('uhid-system') ?? env['MERIDIAN_UHID_SYSTEM'] ?? standardSystem,
    signal,
  };
};

const standardSystem = 'https://meridian.example/uhid';

/** Beside the list, so that it is found again with it; otherwise where programs of this user keep such things. */
const statePath = (words: Words, env: Surroundings['env']): string => {
  const csv = words.option('csv');
  const standard =
    csv === undefined
      ? join(
          env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'),
          'meridian',
          'uploads.jsonl',
        )
      : `${csv}.meridian.jsonl`;
  return words.option('state') ?? standard;
};

const readParallel = (words: Words): number => {
  const text = words.option('parallel') ?? '3';
  if (/^([1-9]|1[0-9]|20)$/.test(text)) return Number(text);
  throw new Misuse(`--parallel is a number from 1 to 20, not '${text}'.`);
};

const uploadReport = async (
  report: Report,
  place: number,
  uploading: Omit<Uploading, 'reached'>,
  progress: Progress,
): Promise<Result> => {
  const { file } = report;
  const reached = (bytes: number): void => {
    progress.reached(place, bytes);
  };
  try {
    return { file, ...(await uploadFile(report, { ...uploading, reached })) };
  } catch (error) {
    // Without access, or when somebody stops it, the next file has no better luck.
    if (error instanceof NoAccess || uploading.signal.aborted) throw error;
    if (error instanceof Refused) return { file, outcome: 'refused', detail: error.message };
    if (error instanceof Unreachable || isOfTheDisk(error))
      return { file, outcome: 'failed', detail: error.message };
    throw error;
  }
};

const isOfTheDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;
