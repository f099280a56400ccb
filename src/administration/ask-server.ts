// Asks the running server to run a command, by the socket in its data folder.

import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Asked } from './run-command.ts';
import { fits, socketPath, type Answered } from './socket.ts';

/** undefined when no server runs on this folder. */
export const askServer = async (dataDir: string, asked: Asked): Promise<Answered | undefined> => {
  const path = socketPath(dataDir);
  if (!fits(path)) return undefined;
  try {
    return await send(path, asked);
  } catch (error) {
    if (isNobody(error)) return undefined;
    throw error;
  }
};

const send = (socketPath: string, asked: Asked): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method: 'POST' }, (incoming) => {
      // The server's own answer.
      (json(incoming) as Promise<Answered>).then(resolve, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(asked));
  });

/** There is no socket, or nobody listens at it any more. */
const isNobody = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ECONNREFUSED');
