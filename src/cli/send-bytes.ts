// Send bytes: a file as one Binary, in several requests that go on where the last one broke off.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12

import { createReadStream } from 'node:fs';
import { Refused, wordsOf } from './outcome.ts';
import type { Answer, Server } from './server.ts';

export interface Sending {
  readonly path: string;
  readonly size: number;
  readonly contentType: string;
  /** Hex. */
  readonly sha256: string;
  /** Address of an upload begun earlier. */
  readonly upload: string | undefined;
  /** Takes note of a new one before the first byte goes. */
  readonly begun: (upload: string) => Promise<void>;
  /** Told how many bytes of it are with the server. */
  readonly reached: (bytes: number) => void;
}

/** So much goes in one request: a token outlives it, and little is sent again. */
const partBytes = 8 * 1024 * 1024;

/** `Binary/1`. Throws Refused, and Unreachable after many tries without getting any further. */
export const sendBytes = async (sending: Sending, server: Server): Promise<string> => {
  let { upload } = sending;
  let offset: number | undefined;
  for (let tries = 0; ;) {
    try {
      upload ??= await begin(sending, server);
      const step =
        offset === undefined
          ? await findOffset(upload, server)
          : await sendPart({ upload, offset }, sending, server);
      if (typeof step === 'string') return step;
      if (step === undefined) upload = undefined;
      if (step !== undefined && offset !== undefined && step > offset) tries = 0;
      offset = step;
      sending.reached(step ?? 0);
      // Asking again and again how far it is leads nowhere either.
      tries += 1;
      if (tries > 20) throw new Refused('The upload does not get any further.');
    } catch (fault) {
      offset = undefined;
      await server.wait(fault, (tries += 1));
    }
  }
};

const begin = async ({ contentType, size, sha256, begun }: Sending, server: Server) => {
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  const answer = await server.tryOnce({
    ...{ method: 'POST', path: 'Binary', body: '' },
    headers: {
      ...{ 'content-type': contentType, 'upload-complete': '?0', 'upload-length': String(size) },
      'repr-digest': `sha-256=:${digest}:`,
    },
  });
  const upload = answer.headers.get('location');
  if (answer.status !== 201 || upload === null) throw refusal(answer);
  await begun(upload);
  return upload;
};

/** The Binary when it is done already, undefined when the upload is over, otherwise how many bytes are there. */
const findOffset = async (upload: string, server: Server): Promise<string | number | undefined> => {
  const answer = await server.tryOnce({ method: 'HEAD', path: upload });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (answer.status >= 300) throw refusal(answer);
  const made = answer.headers.get('content-location');
  if (answer.headers.get('upload-complete') === '?1' && made !== null) return nameOf(made);
  return offsetOf(answer);
};

const sendPart = async (
  { upload, offset }: { readonly upload: string; readonly offset: number },
  { path, size, reached }: Sending,
  server: Server,
): Promise<string | number | undefined> => {
  const end = Math.min(offset + partBytes, size);
  const answer = await server.tryOnce({
    ...{
      method: 'PATCH',
      path: upload,
      body: end > offset ? part(path, offset, end, reached) : '',
    },
    headers: {
      ...{ 'content-type': 'application/partial-upload', 'upload-offset': String(offset) },
      ...{ 'upload-complete': end === size ? '?1' : '?0', prefer: 'return=minimal' },
    },
  });
  const made = answer.headers.get('location');
  if (answer.status === 201 && made !== null) return nameOf(made);
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (answer.status === 204 || answer.status === 409) return offsetOf(answer);
  throw refusal(answer);
};

async function* part(
  path: string,
  offset: number,
  end: number,
  reached: Sending['reached'],
): AsyncGenerator<Uint8Array> {
  let sent = offset;
  for await (const chunk of createReadStream(path, { start: offset, end: end - 1 })) {
    yield chunk as Uint8Array;
    reached((sent += (chunk as Uint8Array).length));
  }
}

const offsetOf = (answer: Answer): number => {
  const text = answer.headers.get('upload-offset') ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  throw new Refused('The server does not say how much of the upload it has.');
};

/** `https://host/fhir/Binary/1/_history/1` is Binary/1. */
const nameOf = (location: string): string => {
  const name = /Binary\/[A-Za-z0-9\-.]{1,64}(?=\/_history\/|$)/.exec(location)?.[0];
  if (name !== undefined) return name;
  throw new Refused('The server does not say where the Binary is.');
};

const refusal = ({ status, text }: Answer): Refused => new Refused(wordsOf(status, text));
