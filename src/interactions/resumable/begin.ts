// Begin: `POST Binary` with `Upload-Complete: ?0` opens an upload that later requests add to.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.2

import { invalid, notSupported } from '../../fhir/problem.ts';
import { binaryOf } from '../binary-bytes.ts';
import { prepare } from '../prepare.ts';
import type { Context, FhirRequest, Handler } from '../types.ts';
import { readBytes, readComplete, readDigest, stateHeaders } from './headers.ts';
import { checkEnd, takeIn } from './take-in.ts';
import { addressOf, addUpload, ownerOf, type Upload } from './upload.ts';

/** Whether more of the content is to follow in other requests. */
export const isUnfinished = (request: FhirRequest): boolean =>
  readComplete(request.headers) === false;

/** 201 with the address of the upload. Bytes that come along are its first. */
export const beginUpload: Handler = async (request, permit, context) => {
  const { headers, bytes, base } = request;
  if (!bytes)
    throw notSupported('A Binary in FHIR JSON is sent in one request; leave Upload-Complete out.');
  if (headers['if-none-exist'] !== undefined)
    throw notSupported('If-None-Exist is not possible with an upload in several requests.');
  const length = readBytes(headers, 'Upload-Length');
  const limit = context.limits.binaryBytes;
  checkEnd(length ?? 0, { limit });
  const begun = describe(request, context, { length, owner: ownerOf(permit) });
  // What could not be written in the end is refused before its bytes come.
  const document = binaryOf({ ...begun, bytes: 'none' });
  const draft = { type: 'Binary', id: begun.binary, document, adopts: ['none'] } as const;
  await prepare({ ...draft, method: 'POST' }, permit, context);

  const id = context.newId();
  const upload = await takeIn({ id, upload: await addUpload(id, begun, context) }, bytes, context);
  const state = stateHeaders(upload, { base, limit, now: context.now() });
  const location = `${base}/${addressOf(id)}`;
  return { status: 201, headers: { ...state, location }, shown: [] };
};

const describe = (
  { headers }: FhirRequest,
  { newId }: Context,
  { length, owner }: { readonly length: number | undefined; readonly owner: string },
): Omit<Upload, 'size' | 'parts' | 'until'> => {
  const sha256 = readDigest(headers);
  const securityContext = headers['x-security-context'];
  return {
    ...{ owner, binary: newId() },
    contentType: headers['content-type'] ?? 'application/octet-stream',
    ...(securityContext === undefined ? {} : { securityContext }),
    ...(length === undefined ? {} : { length }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
};

/** Throws 400: a PUT that brings only a beginning would store it as if it were all. */
export const refuseUnfinished = (request: FhirRequest): void => {
  if (isUnfinished(request))
    throw invalid('An upload in several requests begins with POST Binary, not with PUT.');
};
