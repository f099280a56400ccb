// Resume: how far an upload is, more of it, its end, and giving it up. Every request shows its own token.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.3

import { mediaType } from '../../fhir/media-type.ts';
import { invalid, Problem } from '../../fhir/problem.ts';
import type { Context, FhirRequest, FhirResponse, Handler } from '../types.ts';
import { finishUpload, type Kept } from './finish.ts';
import { readBytes, readComplete, stateHeaders, wrongOffset } from './headers.ts';
import { checkEnd, takeIn } from './take-in.ts';
import { changeUpload, findUpload, takeUpload, type Upload } from './upload.ts';

export const uploadOffset: Handler = async (request, permit, context) => {
  const { upload } = await findUpload(request, permit, context);
  return stateOf(upload, request, context);
};

export const appendUpload: Handler = async (request, permit, context) => {
  const found = await findUpload(request, permit, context);
  const bytes = partialOf(request);
  const isEnd = readComplete(request.headers);
  if (isEnd === undefined)
    throw invalid('Upload-Complete is missing: ?0 when more follows, ?1 at the end.');
  checkOffset(request, found.upload);
  const known = await learnLength(found, request, isEnd, context);
  const upload = await takeIn({ id: found.id, upload: known }, bytes, context);
  if (!isEnd) return stateOf(upload, request, context);
  const ended = await fixLength({ id: found.id, upload }, upload.length ?? upload.size, context);
  return finishUpload({ id: found.id, upload: ended }, request, permit, context);
};

/** What was made of it stays. */
export const cancelUpload: Handler = async (request, permit, context) => {
  const { id } = await findUpload(request, permit, context);
  const upload = await takeUpload(id, context.store.records);
  if (upload) await context.store.bytes.discard(upload.parts);
  return { status: 204, shown: [] };
};

const stateOf = (upload: Upload, { base }: FhirRequest, context: Context): FhirResponse => ({
  status: 204,
  headers: stateHeaders(upload, { base, limit: context.limits.binaryBytes, now: context.now() }),
  shown: [],
});

export const partialType = 'application/partial-upload';

const partialOf = ({ headers, bytes }: FhirRequest): AsyncIterable<Uint8Array> => {
  if (bytes && mediaType(headers['content-type'] ?? '') === partialType) return bytes;
  const diagnostics = `Bytes are added to an upload as ${partialType}; its own type was said in the beginning.`;
  throw new Problem(415, [{ severity: 'error', code: 'not-supported', diagnostics }], {
    'accept-patch': partialType,
  });
};

const checkOffset = ({ headers }: FhirRequest, { size, made }: Upload): void => {
  if (made !== undefined) {
    const diagnostics = `The upload is complete: it is ${made}.`;
    throw new Problem(400, [{ severity: 'error', code: 'business-rule', diagnostics }], {
      'upload-complete': '?1',
    });
  }
  const offset = readBytes(headers, 'Upload-Offset');
  if (offset === undefined) throw invalid('Upload-Offset is missing; ask for it by HEAD.');
  if (offset !== size) throw wrongOffset(size);
};

/** Once a client has said how long it is, in whichever way, it is as long as that. */
const learnLength = async (
  { id, upload }: Kept,
  { headers }: FhirRequest,
  isEnd: boolean,
  context: Context,
): Promise<Upload> => {
  const coming = Number(headers['content-length'] ?? 0);
  const said = readBytes(headers, 'Upload-Length');
  const end = headers['content-length'] !== undefined && isEnd ? upload.size + coming : undefined;
  const lengths = new Set([upload.length, said, end].filter((each) => each !== undefined));
  if (lengths.size > 1)
    throw invalid(`The upload cannot be ${[...lengths].join(' and ')} bytes long at once.`);
  const [length] = lengths;
  checkEnd(upload.size + coming, { length, limit: context.limits.binaryBytes });
  return length === undefined ? upload : fixLength({ id, upload }, length, context);
};

/** From then on nothing can be added behind it: not even while the end is being made. */
const fixLength = async (
  { id, upload }: Kept,
  length: number,
  { store }: Context,
): Promise<Upload> => {
  if (upload.length === length) return upload;
  const after = await changeUpload(id, upload, { length }, store.records);
  if (!after) throw wrongOffset(upload.size);
  return after;
};
