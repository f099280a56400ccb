// Take in: bytes become staged parts of an upload as they come, so that what arrived before a connection broke is kept.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.4.2

import { invalid, Problem, tooCostly } from '../../fhir/problem.ts';
import type { Context } from '../types.ts';
import { wrongOffset } from './headers.ts';
import { changeUpload, currentUpload, unknownUpload, type Upload } from './upload.ts';

/** A part ends with the chunk that reaches this. */
const partBytes = 16 * 1024 * 1024;

/** An upload in crumbs would make its record too large to be rewritten with every part. */
const mostParts = 5000;

/**
 * The upload with the bytes added. Throws 413 or 400 when they are more than allowed, 409 when another request added
 * some meanwhile, and what the stream throws when it breaks off, after what came before is kept.
 */
export const takeIn = async (
  { id, upload }: { readonly id: string; readonly upload: Upload },
  bytes: AsyncIterable<Uint8Array>,
  context: Context,
): Promise<Upload> => {
  const { store, limits } = context;
  let current = upload;
  for await (const part of inParts(within(current, limits.binaryBytes, bytes))) {
    if (current.parts.length >= mostParts)
      throw tooCostly(
        `The upload came in more than ${String(mostParts)} parts; begin again with larger ones.`,
      );
    const staged = await store.bytes.stage(part);
    const grown =
      staged.size === 0
        ? undefined
        : { parts: [...current.parts, staged.id], size: current.size + staged.size };
    const after = grown ? await changeUpload(id, current, grown, store.records) : current;
    if (after === undefined || !grown) await store.bytes.discard([staged.id]);
    if (after === undefined) throw await changedMeanwhile(id, store.records);
    current = after;
  }
  return current;
};

const changedMeanwhile = async (id: string, records: Context['store']['records']) => {
  const there = await currentUpload(id, records);
  return there ? wrongOffset(there.size) : unknownUpload(id);
};

/** Throws when there are more bytes than the client has said or the server takes. */
async function* within(
  { size, length }: Upload,
  limit: number,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  let end = size;
  for await (const chunk of bytes) {
    end += chunk.length;
    checkEnd(end, { length, limit });
    yield chunk;
  }
  return undefined;
}

/** Throws 413 or 400 when an upload cannot reach so far. */
export const checkEnd = (
  end: number,
  { length, limit }: { readonly length?: number | undefined; readonly limit: number },
): void => {
  if (end > limit) throw tooLong(limit);
  if (length !== undefined && end > length)
    throw invalid(`The upload is longer than the ${String(length)} bytes of its Upload-Length.`);
};

const tooLong = (limit: number): Problem => {
  const diagnostics = `The upload is larger than ${String(limit)} bytes (LIMIT_BINARY_BYTES).`;
  return new Problem(413, [{ severity: 'error', code: 'too-long', diagnostics }], {
    'upload-limit': `max-size=${String(limit)}`,
  });
};

/** One stream as several, each to be read to its end before the next. When it breaks off, its last part ends there. */
async function* inParts(
  bytes: AsyncGenerator<Uint8Array, undefined>,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const end: { reached: boolean; fault?: Error } = { reached: false };
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const chunk = await bytes.next();
      if (chunk.done !== true) return chunk.value;
    } catch (error) {
      end.fault = error instanceof Error ? error : new Error(String(error));
    }
    end.reached = true;
    return undefined;
  };
  const part = async function* (): AsyncGenerator<Uint8Array> {
    let size = 0;
    while (size < partBytes) {
      const chunk = await next();
      if (chunk === undefined) return;
      size += chunk.length;
      yield chunk;
    }
  };
  while (!end.reached) yield part();
  if (end.fault) throw end.fault;
}
