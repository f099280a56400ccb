// Headers of resumable uploads: what a client says of its upload, and what it is told of it.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.1

import { invalid, Problem } from '../../fhir/problem.ts';
import type { FhirRequest } from '../types.ts';
import type { Upload } from './upload.ts';

type Headers = FhirRequest['headers'];

/** Throws 400 when it is neither `?0` nor `?1`; undefined when it is not there. */
export const readComplete = (headers: Headers): boolean | undefined => {
  const text = headers['upload-complete']?.trim();
  if (text === undefined) return undefined;
  if (text !== '?0' && text !== '?1')
    throw invalid(`Upload-Complete is ?0 (more follows) or ?1 (this is the end), not '${text}'.`);
  return text === '?1';
};

/** Throws 400 when it is no number of bytes. */
export const readBytes = (
  headers: Headers,
  name: 'Upload-Offset' | 'Upload-Length',
): number | undefined => {
  const text = headers[name.toLowerCase()]?.trim();
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalid(`${name} is a number of bytes, not '${text}'.`);
  return Number(text);
};

/**
 * The SHA-256, in hex, that the whole must have; other digests are not looked at.
 * https://www.rfc-editor.org/rfc/rfc9530#name-the-repr-digest-field
 */
export const readDigest = (headers: Headers): string | undefined => {
  const text = headers['repr-digest'];
  if (text === undefined || !/(?:^|,)\s*sha-256=/i.test(text)) return undefined;
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/i.exec(text)?.[1];
  if (base64 === undefined)
    throw invalid('Repr-Digest names a sha-256 that is none; send sha-256=:<base64>:');
  return Buffer.from(base64, 'base64').toString('hex');
};

/** Of every answer about an upload. */
export const stateHeaders = (
  upload: Upload,
  { base, limit, now }: { readonly base: string; readonly limit: number; readonly now: number },
): Readonly<Record<string, string>> => ({
  'upload-complete': upload.made === undefined ? '?0' : '?1',
  'upload-offset': String(upload.size),
  ...(upload.length === undefined ? {} : { 'upload-length': String(upload.length) }),
  'upload-limit': `max-size=${String(limit)}, max-age=${String(secondsLeft(upload, now))}`,
  // Where the Binary is, for those who did not hear the last answer.
  ...(upload.made === undefined ? {} : { 'content-location': `${base}/${upload.made}` }),
  'cache-control': 'no-store',
});

const secondsLeft = ({ until }: Upload, now: number): number =>
  Math.max(0, Math.floor((until - now) / 1000));

/** 409 with the offset at which it goes on. */
export const wrongOffset = (size: number): Problem =>
  new Problem(
    409,
    [
      {
        severity: 'error',
        code: 'conflict',
        diagnostics: `The upload has ${String(size)} bytes; go on with Upload-Offset: ${String(size)}.`,
      },
    ],
    { 'upload-offset': String(size), 'upload-complete': '?0' },
  );
