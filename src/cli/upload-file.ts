// Upload file: one file from the disk into the record it belongs to. What an earlier run has done is not done again.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { documentReference } from './document-reference.ts';
import { Refused, wordsOf, type Outcome } from './outcome.ts';
import type { Report } from './report.ts';
import { sendBytes } from './send-bytes.ts';
import type { Answer, Server } from './server.ts';
import { keyOf, type State } from './state.ts';

export interface Uploading {
  readonly server: Server;
  /** Of the FHIR base. */
  readonly base: string;
  readonly state: State;
  /** Identifier system of the health IDs. */
  readonly system: string;
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are with the server. */
  readonly reached: (bytes: number) => void;
}

export interface Uploaded {
  readonly outcome: Outcome;
  readonly detail: string;
}

/** Throws Refused, Unreachable and NoAccess, and what the file system says. */
export const uploadFile = async (report: Report, uploading: Uploading): Promise<Uploaded> => {
  const { base, state, signal, reached } = uploading;
  const measured = await measure(report.path, signal);
  const key = keyOf(base, report.uhid, measured.sha256);
  const known = state.of(key);
  if (known.outcome !== undefined) {
    reached(measured.size);
    return { outcome: known.outcome, detail: 'by an earlier run' };
  }
  const binary = known.binary ?? (await bringIn(report, { ...measured, key }, uploading));
  reached(measured.size);
  const uploaded = await describe(report, { ...measured, key, binary }, uploading);
  await state.note(key, { outcome: uploaded.outcome });
  return uploaded;
};

interface Measured {
  readonly size: number;
  /** Hex. */
  readonly sha1: string;
  readonly sha256: string;
}

const measure = async (path: string, signal: AbortSignal): Promise<Measured> => {
  const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
  let size = 0;
  for await (const chunk of createReadStream(path, { signal })) {
    const bytes = chunk as Uint8Array;
    sha1.update(bytes);
    sha256.update(bytes);
    size += bytes.length;
  }
  return { size, sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
};

const bringIn = async (
  { path, contentType }: Report,
  { size, sha256, key }: Measured & { readonly key: string },
  { server, state, reached }: Uploading,
): Promise<string> => {
  const { upload } = state.of(key);
  const begun = (address: string): Promise<void> => state.note(key, { upload: address });
  const sending = { path, contentType, size, sha256, upload, begun, reached };
  const binary = await sendBytes(sending, server);
  await state.note(key, { binary });
  return binary;
};

const describe = async (
  report: Report,
  stored: Measured & { readonly key: string; readonly binary: string },
  { server, system }: Uploading,
): Promise<Uploaded> => {
  const answer = await server.ask({
    ...{ method: 'POST', path: 'DocumentReference' },
    headers: { 'content-type': 'application/fhir+json', prefer: 'return=minimal' },
    body: JSON.stringify(documentReference(report, stored, system)),
  });
  return readOutcome(answer);
};

const readOutcome = ({ status, headers, text }: Answer): Uploaded => {
  const at = /DocumentReference\/[^/]+/.exec(headers.get('location') ?? '')?.[0] ?? '';
  switch (status) {
    case 201:
      return { outcome: 'filed', detail: at };
    case 200:
      return { outcome: 'duplicate', detail: `${at} is the same document`.trim() };
    case 202:
      return {
        outcome: 'held',
        detail: 'needs identification: health ID and person were not matched',
      };
    default:
      throw new Refused(wordsOf(status, text));
  }
};
