// clamd: the ClamAV daemon as a scanner, by its INSTREAM command over TCP.
// https://docs.clamav.net/manual/Usage/Scanning.html#clamd

import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Scan, Verdict } from './scan.ts';

export interface ClamdOptions {
  readonly host: string;
  readonly port: number;
  /** How long it may say and take nothing. */
  readonly idleMilliseconds?: number;
}

/** One connection for each file: clamd closes it after its answer. */
export const createClamd =
  ({ host, port, idleMilliseconds = 60_000 }: ClamdOptions): Scan =>
  async (bytes) => {
    const socket = connect({ host, port });
    socket.setTimeout(idleMilliseconds, () => {
      socket.destroy(new Error('clamd does not answer.'));
    });
    // It may answer and hang up in the middle of a file that is too large for it: then its answer counts, not the broken pipe.
    const [answered, sent] = await Promise.allSettled([
      readReply(socket),
      pipeline(framed(bytes), socket, { end: false }),
    ]);
    socket.destroy();
    if (answered.status === 'fulfilled' && answered.value !== '')
      return readVerdict(answered.value);
    const cause: unknown = answered.status === 'rejected' ? answered.reason : undefined;
    throw new Error('clamd gave no answer.', {
      cause: cause ?? (sent.status === 'rejected' ? sent.reason : undefined),
    });
  };

/** Each part after its length in four bytes, the highest first; no length is the end. */
async function* framed(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const part of bytes) {
    if (part.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    yield length;
    yield part;
  }
  yield Buffer.alloc(4);
}

const readReply = async (socket: Socket): Promise<string> => {
  let text = '';
  for await (const part of socket) {
    text += String(part);
    if (text.includes('\0') || text.length > longestReply) break;
  }
  return text.split('\0', 1)[0]!.trim();
};

const longestReply = 4096;

/** `stream: OK`, `stream: Eicar-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`. */
const readVerdict = (reply: string): Verdict => {
  if (reply === 'stream: OK') return { kind: 'clean' };
  const name = /^stream: (.+) FOUND$/.exec(reply)?.[1];
  if (name !== undefined) return { kind: 'infected', name };
  if (reply.includes('size limit exceeded')) return { kind: 'too large' };
  throw new Error(`clamd answered: ${reply.slice(0, 200)}`);
};
