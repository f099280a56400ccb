// The server as its users run it: `node src/main.ts` in a process of its own, to be stopped, killed and started again.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface ChildServer {
  readonly base: string;
  readonly url: string;
  readonly pid: number;
  /** From spawn to the first answer of /healthz. */
  readonly startedInMs: number;
  /** What it printed. */
  log(): string;
  /** Sends the signal and waits for the end: the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

const root = join(import.meta.dirname, '../..');

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

export const startChild = async (
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ChildServer> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const began = performance.now();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      DEMO: 'off',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      printed = (printed + part.toString()).slice(-20_000);
    });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  while (!(await answers(`${url}/healthz`))) {
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
