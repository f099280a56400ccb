// Drives a server from a process of its own, so that the load takes nothing from what is measured.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Job, Result } from './load.ts';

export const drive = async (job: Job): Promise<Result> => {
  const [command, ...args] = [...ownProcessor, process.execPath, loadFile] as const;
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stdin.end(JSON.stringify(job));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The load process ended with ${String(code)}.`);
  return JSON.parse(printed) as Result;
};

const loadFile = join(import.meta.dirname, 'load.ts');

/**
 * The load keeps to the last processor, where there is a command to say so. Left to itself, Linux now and then puts it on the one
 * that the server runs on, because each wakes the other: both then run at half their speed, for seconds or for minutes.
 */
const ownProcessor: readonly string[] =
  availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0
    ? ['taskset', '--cpu-list', String(availableParallelism() - 1)]
    : [];
