// The server as its users run it: by the command of `npm start`, in a process of its own, to be stopped and killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface ChildServer {
  readonly base: string;
  readonly url: string;
  readonly pid: number;
  /** From spawn until it says that it is ready and answers so. */
  readonly startedInMs: number;
  /** What it printed. */
  readonly log: () => string;
  /** Megabytes it holds for itself, without mapped files; NaN where the system does not say (only Linux does). */
  readonly anonymousMegabytes: () => Promise<number>;
  /** Seconds of processor it has used, all threads; NaN where the system does not say. */
  readonly cpuSeconds: () => Promise<number>;
  /** Sends the signal and waits for the end: the exit code, or the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | string>;
}

const root = join(import.meta.dirname, '../..');

/** Those of `npm start`, with another main in place of the real one. */
const startArguments = async (main: string): Promise<readonly string[]> => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.replace('src/main.ts', main).split(' ').slice(1);
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

type Environment = Readonly<Record<string, string>>;

/** The server itself: whoever asks needs a token. */
export const startChild = (dataDir: string, env: Environment = {}): Promise<ChildServer> =>
  startMain('src/main.ts', dataDir, env);

/** The server without its guard, for what is not about who asks. */
export const startUnguarded = (dataDir: string, env: Environment = {}): Promise<ChildServer> =>
  startMain('test/support/unguarded-main.ts', dataDir, env);

/** A start that must not succeed: how it ended and what it said. */
export const startRefused = async (
  dataDir: string,
  env: Environment,
): Promise<{ readonly code: number | null; readonly text: string }> => {
  const { child } = await spawnMain('src/main.ts', dataDir, env);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += part.toString()));
  const cutOff = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(cutOff);
  return { code, text };
};

const spawnMain = async (main: string, dataDir: string, env: Environment) => {
  const [port, command] = await Promise.all([freePort(), startArguments(main)]);
  const url = `http://127.0.0.1:${String(port)}`;
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      DEMO: 'off',
      ENROL_ON_CREATE: 'off',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  return { child, url };
};

const startMain = async (main: string, dataDir: string, env: Environment): Promise<ChildServer> => {
  const began = performance.now();
  const { child, url } = await spawnMain(main, dataDir, env);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      printed = (printed + part.toString()).slice(-20_000);
    });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  while (!(printed.includes('Meridian is ready') && (await answers(`${url}/readyz`)))) {
    if (child.exitCode !== null || performance.now() - began > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    base: `${url}/fhir`,
    url,
    pid: child.pid!,
    startedInMs: performance.now() - began,
    log: () => printed,
    anonymousMegabytes: async () => {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8').catch(() => '');
      return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
    },
    cpuSeconds: async () => {
      const stat = await readFile(`/proc/${String(child.pid)}/stat`, 'utf8').catch(() => '');
      // After the name in brackets, which may hold blanks: utime and stime, in hundredths.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11] ?? NaN) + Number(fields[12] ?? NaN)) / 100;
    },
    end: async (signal) => {
      child.kill(signal);
      const [code, killer] = await ended;
      return code ?? killer ?? 'unknown';
    },
  };
};

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
