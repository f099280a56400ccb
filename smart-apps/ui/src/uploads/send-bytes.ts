// Send bytes: a file becomes a Binary by a resumable upload: in parts, and where the line breaks it goes on at the byte that arrived.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12

import { failureOf, FhirFailure, kindOf } from '../fhir/failure.ts';
import { underWay } from '../session/under-way.ts';
import type { Wire, WireAnswer } from './wire.ts';

export interface Sending {
  readonly file: Blob;
  readonly contentType: string;
  /** Of an upload that was begun before. */
  readonly address?: string | undefined;
  readonly signal: AbortSignal;
  /** Where the upload is, as soon as it is begun. */
  readonly onBegun: (address: string) => void;
  readonly onSent: (bytes: number) => void;
  /** Waits before it tries again, no longer than until the signal; tests wait for nothing. */
  readonly wait?: (attempt: number, signal: AbortSignal) => Promise<void>;
}

const part = 8 * 1024 * 1024;
const attempts = 5;

/** `Binary/1`. Throws a FhirFailure for what cannot be sent, or not now. */
export const sendBytes = (wire: Wire, sending: Sending): Promise<string> =>
  underWay(() => sendUntilDone(wire, sending));

const sendUntilDone = async (wire: Wire, sending: Sending): Promise<string> => {
  const { wait = waitLonger } = sending;
  let address = sending.address;
  for (let attempt = 0; ; attempt += 1)
    try {
      if (address === undefined) {
        address = await begin(wire, sending);
        sending.onBegun(address);
      }
      return await goOn(wire, address, sending);
    } catch (error) {
      // Given up by the server meanwhile: from the beginning.
      if (kindOf(error) === 'missing' && address !== undefined) address = undefined;
      else if (!worthAgain.has(kindOf(error)) || isStopped(sending)) throw error;
      if (attempt + 1 >= attempts) throw error;
      await wait(attempt, sending.signal);
    }
};

const worthAgain: ReadonlySet<string> = new Set(['network', 'busy', 'conflict']);

const isStopped = ({ signal }: Sending): boolean => signal.aborted;

const waitLonger = (attempt: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(end, 500 * 2 ** attempt);
    signal.addEventListener('abort', end, { once: true });
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });

const begin = async (wire: Wire, { file, contentType, signal }: Sending): Promise<string> => {
  const answer = await wire({
    ...{ method: 'POST', address: 'Binary', signal },
    headers: {
      'content-type': contentType,
      'upload-complete': '?0',
      'upload-length': String(file.size),
      ...(await digestOf(file)),
    },
    body: new Blob([]),
  });
  const address = answer.header('location');
  if (answer.status !== 201 || address === undefined) throw failure(answer);
  return address;
};

/** Of what fits into memory: what arrives is what was chosen. https://www.rfc-editor.org/rfc/rfc9530 */
const digestOf = async (file: Blob): Promise<Readonly<Record<string, string>>> => {
  if (file.size > 64 * 1024 * 1024) return {};
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return { 'repr-digest': `sha-256=:${base64}:` };
};

const goOn = async (wire: Wire, address: string, sending: Sending): Promise<string> => {
  const { file, signal, onSent } = sending;
  const state = await wire({ method: 'HEAD', address, signal });
  if (state.status !== 204) throw failure(state);
  if (state.header('upload-complete') === '?1') return binaryOf(state.header('content-location'));
  let offset = Number(state.header('upload-offset') ?? 0);
  for (;;) {
    const from = offset;
    const end = Math.min(from + part, file.size);
    const isEnd = end === file.size;
    onSent(from);
    const answer = await wire({
      ...{ method: 'PATCH', address, signal },
      headers: {
        'content-type': 'application/partial-upload',
        'upload-offset': String(from),
        'upload-complete': isEnd ? '?1' : '?0',
      },
      body: file.slice(from, end),
      onSent: (bytes) => onSent(from + bytes),
    });
    if (isEnd && answer.status === 201) return binaryOf(answer.header('location'));
    if (answer.status !== 204) throw failure(answer);
    offset = Number(answer.header('upload-offset') ?? end);
  }
};

/** Nothing of it stays on the server. */
export const giveUp = async (wire: Wire, address: string): Promise<void> => {
  await wire({ method: 'DELETE', address });
};

/** Of `https://host/fhir/Binary/1/_history/1`. */
const binaryOf = (address = ''): string => {
  const [, binary] = /(?:^|\/)(Binary\/[A-Za-z0-9.-]{1,64})(?:\/_history\/|$)/.exec(address) ?? [];
  if (binary === undefined) throw new FhirFailure('fault', 0);
  return binary;
};

const failure = ({ status, text }: WireAnswer) => {
  try {
    return failureOf(status, JSON.parse(text));
  } catch {
    return failureOf(status, undefined);
  }
};
