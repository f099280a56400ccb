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
  return (req, res) =>
    new Promise((resolve, reject) => {
      // The reader of Express asks for no more of a request and an answer than node's own have.
      read(req as express.Request, res as express.Response, (error?: unknown) => {
        if (error !== undefined) reject(error as Error);
        else resolve((req as express.Request).body as Buffer | undefined);
      });
    }).then((bytes) => textOf(bytes as Buffer | undefined, req.headers['content-type'] ?? ''));
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
