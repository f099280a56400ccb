// Body: the request's bytes, read up to a limit, as text. What cannot be text is refused here.
// https://hl7.org/fhir/R4/json.html#wire

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import { invalid, unsupportedMediaType } from '../fhir/problem.ts';
import { charsetOf } from '../fhir/media-type.ts';

export type ReadBody = (req: IncomingMessage, res: ServerResponse) => Promise<string>;

/** Reads the whole body, unpacking gzip, deflate and br; '' when there is none. Rejects with 413, 415 or 400. */
export const createBodyReader = (limit: number): ReadBody => {
  const read = express.raw({ type: () => true, limit });
  return async (req, res) => {
    await new Promise<void>((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it is node's own class
      read(req, res, (error?: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
    // The reader leaves there what it read, and nothing when there was no body.
    const { body } = req as { readonly body?: Buffer };
    return textOf(body, req.headers['content-type'] ?? '');
  };
};

const textOf = (bytes: Buffer | undefined, contentType: string): string => {
  if (bytes === undefined || bytes.length === 0) return '';
  const charset = charsetOf(contentType);
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii')
    throw unsupportedMediaType(`The charset '${charset}' is not read; FHIR uses UTF-8 only.`);
  if (!isUtf8(bytes)) throw invalid('The body is not valid UTF-8.');
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
};

const byteOrderMark = 0xfeff;
