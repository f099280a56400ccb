// Drives a server from a process of its own, so that the load takes nothing from what is measured.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Job, Result } from './load.ts';

export const drive = async (job: Job): Promise<Result> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stdin.end(JSON.stringify(job));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The load process ended with ${String(code)}.`);
  return JSON.parse(printed) as Result;
};
