// The server as a process of its own, as it is in use.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ServerProcess {
  /** Address of the FHIR base. */
  readonly base: string;
  readonly child: ChildProcess;
  /** Sends the signal and waits for the end; gives the exit code (null when it was killed). */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Megabytes of anonymous memory now (Linux only). */
  readonly anonymousMegabytes: () => Promise<number>;
}

const root = join(import.meta.dirname, '../..');

/** Resolves when it answers. */
export const startProcess = async (
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', PUBLIC_URL: '', DATA_DIR: dataDir, DEMO: 'off', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const base = await baseOf(child);
  return {
    base,
    child,
    end: async (signal) => {
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exit) as [number | null];
      return code;
    },
    anonymousMegabytes: async () => {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
  };
};

/** The page of addresses names it once the server is ready. */
const baseOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /http:\/\/localhost:(\d+)\/fhir\n/.exec(text)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}/fhir`);
    });
    child.once('exit', () => {
      reject(new Error(`The server ended: ${text}`));
    });
  });
