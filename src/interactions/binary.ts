// Binary: bytes of any content type in and out as they are. They are kept outside the resource and always stream.
// https://hl7.org/fhir/R4/binary.html#rest

import { namesFhirJson } from '../fhir/media-type.ts';
import { invalid, notAcceptable, rangeNotSatisfiable, tooLarge } from '../fhir/problem.ts';
import { isId } from '../fhir/reference.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import type { Range, Staged } from '../store/port.ts';
import { binaryOf, bytesOf, withoutMark } from './binary-bytes.ts';
import { create, createOnce } from './create.ts';
import { keyOf } from './parts.ts';
import { readRange } from './range.ts';
import { read } from './read.ts';
import { beginUpload, isUnfinished, refuseUnfinished } from './resumable/begin.ts';
import { retryConflicts } from './retry.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from './types.ts';
import { update, writeOver } from './update.ts';
import { vread } from './vread.ts';

/** `POST Binary` with bytes of their own content type; a Binary in FHIR JSON keeps its data inside and is as any other. */
export const createBinary: Handler = async (request, permit, context) => {
  if (isUnfinished(request)) return beginUpload(request, permit, context);
  if (!request.bytes) return create(request, permit, context);
  const { document, id } = await keep(request, request.bytes, context);
  return retryConflicts(() => createOnce({ request, document, adopts: [id] }, permit, context));
};

export const updateBinary: Handler = async (request, permit, context) => {
  refuseUnfinished(request);
  if (!request.bytes) return update(request, permit, context);
  const key = keyOf(request);
  if (!isId(key.id)) throw invalid(`'${key.id}' is not an id.`, 'id');
  const { document, id } = await keep(request, request.bytes, context);
  return retryConflicts(async () => {
    const [previous] = await context.store.resources.read([key]);
    const over = { request, document, id: key.id, previous, adopts: [id] };
    return writeOver(over, permit, context);
  });
};

export const readBinary: Handler = async (request, permit, context) =>
  inAskedForm(await read(request, permit, context), request, context);

export const vreadBinary: Handler = async (request, permit, context) =>
  inAskedForm(await vread(request, permit, context), request, context);

const keep = async (
  request: FhirRequest,
  bytes: AsyncIterable<Uint8Array>,
  { store, limits }: Context,
): Promise<{ readonly document: Document; readonly id: string }> => {
  const { id } = await store.bytes.stage(upTo(limits.binaryBytes, bytes));
  const { 'content-type': contentType, 'x-security-context': securityContext } = request.headers;
  return { document: binaryOf({ contentType, securityContext, bytes: id }), id };
};

async function* upTo(limit: number, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit)
      throw tooLarge(`The upload is larger than ${String(limit)} bytes (LIMIT_BINARY_BYTES).`);
    yield chunk;
  }
}

/** A Binary is given as a resource only to those who ask for FHIR's JSON by name; to all others as the bytes it is. */
const inAskedForm = async (
  found: FhirResponse,
  request: FhirRequest,
  context: Context,
): Promise<FhirResponse> => {
  if (found.text === undefined) return found;
  const binary = JSON.parse(found.text) as Resource;
  const asksResource = request.nested === true || asksForFhir(request);
  const id = bytesOf(binary);
  const staged = id === undefined ? undefined : await context.store.bytes.describe(id);
  if (id !== undefined && !staged) throw new Error('The bytes of a Binary are missing.');
  if (!asksResource) return asBytes({ binary, staged, found }, request, context);
  return staged ? { ...found, text: await withData(binary, staged, context) } : found;
};

const asksForFhir = ({ headers, query }: FhirRequest): boolean => {
  const format = query.find(([name]) => name === '_format')?.[1];
  return format === undefined ? namesFhirJson(headers['accept']) : format.includes('json');
};

const withData = async (binary: Resource, staged: Staged, context: Context): Promise<string> => {
  // A base64 text takes four bytes for three.
  const most = Math.floor((context.limits.bodyBytes * 3) / 4);
  if (staged.size > most)
    throw notAcceptable(
      `This Binary has ${String(staged.size)} bytes; as JSON at most ${String(most)} are given (LIMIT_BODY_BYTES). Ask for it by its own content type.`,
    );
  const chunks: Uint8Array[] = [];
  for await (const chunk of context.store.bytes.open(staged.id)) chunks.push(chunk);
  return JSON.stringify({ ...withoutMark(binary), data: Buffer.concat(chunks).toString('base64') });
};

interface Found {
  readonly binary: Resource;
  readonly staged: Staged | undefined;
  readonly found: FhirResponse;
}

const asBytes = (
  { binary, staged, found }: Found,
  request: FhirRequest,
  { store }: Context,
): FhirResponse => {
  const inline = staged ? undefined : Buffer.from(textOf(binary['data']), 'base64');
  const size = staged?.size ?? inline?.length ?? 0;
  const range = readRange(request.headers, size, found.headers?.['etag']);
  const shown: Pick<FhirResponse, 'shown'> = found.shown ? { shown: found.shown } : {};
  const headers = {
    ...found.headers,
    ...harmless,
    'content-type': headerText(textOf(binary['contentType'])),
    'accept-ranges': 'bytes',
  };
  if (range === 'unsatisfiable') throw rangeNotSatisfiable(size);
  const open = (part?: Range): Pick<FhirResponse, 'bytes'> => {
    // What is opened and not read stays open.
    if (request.method === 'HEAD') return {};
    return { bytes: staged ? store.bytes.open(staged.id, part) : once(cut(inline, part)) };
  };
  if (!range)
    return {
      ...{ ...shown, status: 200, ...open() },
      headers: { ...headers, 'content-length': String(size) },
    };
  const { first, last } = range;
  return {
    ...shown,
    status: 206,
    ...open(range),
    headers: {
      ...headers,
      'content-range': `bytes ${String(first)}-${String(last)}/${String(size)}`,
      'content-length': String(last - first + 1),
    },
  };
};

/** Whatever was uploaded, it is saved, not shown: a page from here would run with this server's rights. */
const harmless = {
  'content-disposition': 'attachment',
  'content-security-policy': "default-src 'none'; sandbox",
  // No compression on the way: ranges count the bytes as they were uploaded.
  'cache-control': 'private, no-cache, no-transform',
};

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const cut = (bytes: Uint8Array = new Uint8Array(), part?: Range): Uint8Array =>
  part ? bytes.subarray(part.first, part.last + 1) : bytes;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A content type that cannot stand in a header is not one. */
const headerText = (contentType: string): string =>
  /^[\x21-\x7e][\x20-\x7e]*$/.test(contentType) ? contentType : 'application/octet-stream';
