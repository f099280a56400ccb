// Socket: how the command line reaches a running server: a socket in the data folder that only its owner may open.

import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { Problem } from '../fhir/problem.ts';
import type { Asked, RunCommand } from './run-command.ts';

export interface Answered {
  /** What the command gave, or what was wrong. */
  readonly outputs?: readonly object[];
  readonly fault?: string;
}

export interface Socket {
  close(): Promise<void>;
}

export const socketPath = (dataDir: string): string => join(dataDir, 'admin.sock');

/** A socket's address is a short field of the system's: 108 bytes with Linux, 104 elsewhere. */
export const fits = (path: string): boolean => Buffer.byteLength(path) < 104;

/** Whoever may open the file may administer: the rights of the file are the sign-in. */
export const openSocket = async (
  dataDir: string,
  run: RunCommand,
  report: (fault: unknown) => void,
): Promise<Socket> => {
  const path = socketPath(dataDir);
  // The folder's lock is ours, so a socket that lies there is left over from a crash.
  await rm(path, { force: true });
  const server = createServer((req, res) => {
    void answer(req, run, report).then((answered) => {
      res.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
      res.end(JSON.stringify(answered));
    });
  });
  // Nobody may slip in between its making and its rights.
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);
  await once(server, 'listening');
  await chmod(path, 0o600);
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
};

const answer = async (
  req: IncomingMessage,
  run: RunCommand,
  report: (fault: unknown) => void,
): Promise<Answered> => {
  try {
    // Our own command line sends it, and nobody else can.
    return { outputs: await run((await json(req)) as Asked) };
  } catch (error) {
    if (error instanceof Problem) return { fault: error.message };
    report(error);
    return { fault: 'The server failed; its log says why.' };
  }
};
