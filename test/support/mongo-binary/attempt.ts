// The attempt to download a mongod: once per machine, given up soon where there is no network, and never in the way of the
// tests, which then run against the stand-in.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { folderOf, remember, remembered, type Attempt } from './remembered.ts';

export interface Patience {
  /** Until the first bytes arrive. */
  readonly answerSeconds: number;
  /** Until all have. */
  readonly downloadSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const standard: Patience = { answerSeconds: 4, downloadSeconds: 300 };

/** What became of it, now or before; undefined when none is made, because the environment says so. */
export const attemptDownload = async (
  env: Environment,
  patience = standard,
): Promise<Attempt | undefined> => {
  if (env['MONGODB_TEST_URL'] || env['MONGOMS_SYSTEM_BINARY']) return undefined;
  if (env['MONGOMS_RUNTIME_DOWNLOAD'] === 'false') return undefined;
  const before = remembered(env);
  if (before) return before;
  const attempt = await download(env, patience);
  // Somebody else may have been given it meanwhile.
  const after = remembered(env);
  if (after && 'binary' in after) return after;
  await remember(env, attempt);
  return attempt;
};

const download = async (env: Environment, patience: Patience): Promise<Attempt> => {
  const script = join(import.meta.dirname, 'download.ts');
  const child = spawn(process.execPath, [script, folderOf(env)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // What is run afterwards should come from whom it is asked of: certificates count, which is not the standard.
    env: { npm_config_strict_ssl: 'true', MONGOMS_MAX_RETRIES: '1', ...env },
  });
  const ended = once(child, 'exit');
  const attempt = await watch(child, patience);
  child.kill('SIGKILL');
  await ended;
  return attempt;
};

const watch = async (child: ChildProcess, patience: Patience): Promise<Attempt> => {
  let why = 'it broke off';
  const endAfter = (seconds: number, reason: string): NodeJS.Timeout =>
    setTimeout(() => {
      why = reason;
      child.kill('SIGKILL');
    }, seconds * 1000);
  const whole = endAfter(patience.downloadSeconds, 'it takes too long');
  let answer: NodeJS.Timeout | undefined;
  try {
    for await (const line of createInterface({ input: child.stdout! })) {
      clearTimeout(answer);
      const [, word, rest = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
      if (word === 'asking') answer = endAfter(patience.answerSeconds, 'nobody answers');
      if (word === 'binary') return { binary: rest };
      if (word === 'failed') return failed(rest);
    }
    return failed(why);
  } finally {
    clearTimeout(whole);
    clearTimeout(answer);
  }
};

const failed = (why: string): Attempt => ({
  why: `no mongod could be downloaded: ${why}`,
  at: Date.now(),
});
