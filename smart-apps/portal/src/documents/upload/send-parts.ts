// Send parts: a file to the server in parts, so that a connection that breaks costs no more than one of them.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12

import { kindOf } from '@meridian/ui/fhir/failure.ts';
import type { Sending, Sent } from './send.ts';

export interface Parts {
  readonly file: Blob;
  readonly contentType: string;
  /** Where Binaries are created. */
  readonly url: string;
  /** Asked for before each request, since an upload may last longer than a token. */
  readonly token: () => Promise<string>;
  readonly send: (sending: Sending) => Promise<Sent>;
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
  /** An upload that was begun before, to go on with. */
  readonly begun: string | undefined;
  readonly onBegun: (address: string) => void;
}

/** Bytes of a part. */
export const partSize = 4 * 1024 * 1024;

/** Where the Binary is that was made of them, as the server says it. */
export const sendParts = async (parts: Parts): Promise<string> => {
  if (parts.begun === undefined) return sendFrom(0, await begin(parts), parts);
  const state = await askState(parts.begun, parts);
  // Nothing is kept of an upload for ever.
  if (state === undefined) return sendFrom(0, await begin(parts), parts);
  if (state.made !== undefined) return state.made;
  return sendFrom(state.offset, parts.begun, parts);
};

const begin = async (parts: Parts): Promise<string> => {
  const { header } = await ask(parts, {
    ...{ method: 'POST', url: parts.url, body: new Blob([]) },
    headers: {
      'content-type': parts.contentType,
      'upload-complete': '?0',
      'upload-length': String(parts.file.size),
    },
  });
  const address = new URL(header('location') ?? '', parts.url).href;
  parts.onBegun(address);
  return address;
};

const sendFrom = async (offset: number, address: string, parts: Parts): Promise<string> => {
  const { file, onSent } = parts;
  const end = Math.min(offset + partSize, file.size);
  const isLast = end === file.size;
  const { header } = await ask(parts, {
    ...{ method: 'PATCH', url: address, body: file.slice(offset, end) },
    headers: {
      'content-type': 'application/partial-upload',
      'upload-offset': String(offset),
      'upload-complete': isLast ? '?1' : '?0',
    },
    onSent: (bytes) => onSent(offset + bytes),
  });
  onSent(end);
  return isLast ? (header('location') ?? '') : sendFrom(end, address, parts);
};

interface State {
  readonly offset: number;
  /** Where the Binary is, once there is one. */
  readonly made: string | undefined;
}

const askState = async (address: string, parts: Parts): Promise<State | undefined> => {
  try {
    const { header } = await ask(parts, { method: 'HEAD', url: address, headers: {} });
    const isMade = header('upload-complete') === '?1';
    return {
      offset: Number(header('upload-offset') ?? 0),
      made: isMade ? (header('content-location') ?? undefined) : undefined,
    };
  } catch (error) {
    if (kindOf(error) === 'missing') return undefined;
    throw error;
  }
};

const ask = async (
  { send, token, signal }: Parts,
  sending: Omit<Sending, 'signal'>,
): Promise<Sent> => {
  const headers = { ...sending.headers, authorization: `Bearer ${await token()}` };
  return send({ ...sending, headers, signal });
};
