// Payload: what a request brings besides its address, read in the way its route and content type say.
// https://hl7.org/fhir/R4/http.html#mime-type

import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseDocument, parseJson, readDocument } from '../fhir/json.ts';
import { otherFhirVersion, jsonTypes, mediaType } from '../fhir/media-type.ts';
import { tooLarge, unsupportedMediaType } from '../fhir/problem.ts';
import { readQuery } from '../fhir/query.ts';
import type { FhirRequest } from '../interactions/types.ts';
import type { Limits } from '../platform/config.ts';
import type { ReadBody } from './body.ts';
import type { Kind } from './routes.ts';

export type Payload = Pick<FhirRequest, 'query' | 'body' | 'json' | 'bytes'>;

export interface Incoming {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The parameters of the address. */
  readonly query: FhirRequest['query'];
  readonly kind: Kind | undefined;
}

/** Throws 415 for a content type that the route does not take. */
export const readPayload = async (
  incoming: Incoming,
  readBody: ReadBody,
  limits: Limits,
): Promise<Payload> => {
  const { req, res, query, kind } = incoming;
  const contentType = req.headers['content-type'] ?? '';
  const type = mediaType(contentType);
  if (kind === 'bytes' && type !== 'application/fhir+json') return bytesOf(incoming, limits);

  const text = await readBody(req, res);
  if (text === '') return { query };
  if (kind === 'form') return { query: [...query, ...formOf(type, text, limits)] };
  if (kind === 'patch') return { query, ...patchOf(type, text, limits) };
  if (!jsonTypes.has(type)) throw notTaken(type, 'application/fhir+json');
  checkVersion(contentType);
  return { query, body: parseDocument(text, limits.depth) };
};

const bytesOf = ({ req, query }: Incoming, limits: Limits): Payload => {
  const packed = req.headers['content-encoding'] ?? 'identity';
  if (packed !== 'identity')
    throw unsupportedMediaType('Bytes are kept as they are sent; leave Content-Encoding out.');
  if (Number(req.headers['content-length'] ?? 0) > limits.binaryBytes)
    throw tooLarge(
      `The upload is larger than ${String(limits.binaryBytes)} bytes (LIMIT_BINARY_BYTES).`,
    );
  // Whoever stops reading half-way still has to answer: the connection must stay.
  return { query, bytes: req.iterator({ destroyOnReturn: false }) };
};

const formOf = (type: string, text: string, limits: Limits): FhirRequest['query'] => {
  const form = 'application/x-www-form-urlencoded';
  if (type !== form) throw notTaken(type, form);
  return readQuery(text, limits.parameters, 'form');
};

const patchOf = (type: string, text: string, limits: Limits): Pick<Payload, 'body' | 'json'> => {
  if (type === 'application/json-patch+json') return { json: parseJson(text, limits.depth).exact };
  if (!jsonTypes.has(type))
    throw notTaken(type, 'application/json-patch+json or application/fhir+json');
  // Plain `application/json` may be either kind of patch; a list is JSON Patch.
  const parsed = parseJson(text, limits.depth);
  return Array.isArray(parsed.plain) ? { json: parsed.exact } : { body: readDocument(parsed) };
};

const checkVersion = (contentType: string): void => {
  const version = otherFhirVersion(contentType);
  if (version !== undefined)
    throw unsupportedMediaType(`The body is FHIR version ${version}; this server speaks 4.0.`);
};

const notTaken = (type: string, instead: string) =>
  unsupportedMediaType(
    type === ''
      ? `The body has no Content-Type; send it as ${instead}.`
      : `A body of type '${type}' is not taken here; send ${instead}.`,
  );
