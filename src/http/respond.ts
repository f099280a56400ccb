// Respond: an answer onto the wire, the same way whether Express is in between or not.
// https://hl7.org/fhir/R4/http.html#general

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseJson } from '../fhir/json.ts';
import type { FhirResponse } from '../interactions/types.ts';
import { compress, type Packed } from './compress.ts';
import { securityHeaders } from './headers.ts';

export interface Delivery {
  readonly requestId: string;
  readonly contentType: string;
  readonly isHead: boolean;
  readonly isPretty: boolean;
  readonly acceptEncoding: string | undefined;
  /** The server is stopping: the client shall open no further request on this connection. */
  readonly isLast: boolean;
  /** Besides those of the response, which come first. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Resolves when the answer is with the network. Bytes stream; text goes out in one piece. */
export const respond = async (
  res: ServerResponse,
  response: FhirResponse,
  delivery: Delivery,
): Promise<void> => {
  const { status, bytes } = response;
  const body = await bodyOf(response, delivery);
  res.writeHead(status, flatHeaders(response, body, delivery));
  if (bytes && !delivery.isHead) await pipeline(Readable.from(bytes, { objectMode: false }), res);
  else if (body === undefined || delivery.isHead) res.end();
  else res.end(typeof body === 'string' ? body : body.bytes);
};

const bodyOf = (
  { text }: FhirResponse,
  { isPretty, acceptEncoding }: Delivery,
): Promise<Packed> | string | undefined => {
  if (text === undefined) return undefined;
  const shown = isPretty ? JSON.stringify(parseJson(text, Infinity).exact, null, 2) : text;
  return compress(shown, acceptEncoding) ?? shown;
};

const standardHeaders: readonly (readonly [string, string])[] = [
  ...securityHeaders,
  ['cache-control', 'private, no-cache'],
  ['vary', 'Accept, Accept-Encoding'],
];

/** Names and values in turn: what node writes fastest. A header of the response comes before the standard one. */
const flatHeaders = (
  { status, bytes, headers: given = {} }: FhirResponse,
  body: Packed | string | undefined,
  { requestId, contentType, isLast, headers: added = {} }: Delivery,
): string[] => {
  const flat: string[] = ['x-request-id', requestId];
  const add = (name: string, value: string): void => {
    if (given[name] === undefined && added[name] === undefined) flat.push(name, value);
  };
  for (const name in given) flat.push(name, given[name]!);
  for (const name in added) if (given[name] === undefined) flat.push(name, added[name]!);
  for (const [name, value] of standardHeaders) add(name, value);
  if (body !== undefined) {
    const isText = typeof body === 'string';
    add('content-type', contentType);
    if (!isText) add('content-encoding', body.encoding);
    add('content-length', String(isText ? Buffer.byteLength(body) : body.bytes.length));
  } else if (!bytes && status !== 204 && status !== 304) add('content-length', '0');
  if (isLast) add('connection', 'close');
  return flat;
};
