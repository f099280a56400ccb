// Finish: the parts of an upload become one Binary in one commit. Done again it makes no second one.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.4.2

import type { Permit } from '../../access/permit.ts';
import { invalid, Problem } from '../../fhir/problem.ts';
import type { ByteStore, Staged, Version } from '../../store/port.ts';
import { writeResponse } from '../answers.ts';
import { binaryOf } from '../binary-bytes.ts';
import { createOnce } from '../create.ts';
import type { Context, FhirRequest, FhirResponse } from '../types.ts';
import { changeUpload, currentUpload, takeUpload, unknownUpload, type Upload } from './upload.ts';

export interface Kept {
  readonly id: string;
  readonly upload: Upload;
}

/** 201, as if the Binary had come in one request. Throws what its create throws; then the upload is over, too. */
export const finishUpload = async (
  kept: Kept,
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { length, size, binary } = kept.upload;
  if (length !== undefined && size !== length)
    throw invalid(
      `The upload has ${String(size)} bytes of the ${String(length)} of its Upload-Length.`,
    );
  const posted = asPost(request);
  // A try before this one may have got so far and no further.
  const there = await findMade(kept.upload, context);
  const response = there
    ? writeResponse(posted, { status: 201, version: there })
    : await makeBinary(kept, posted, permit, context).catch(giveUp(kept, context));
  await close(kept, `Binary/${binary}/_history/1`, context);
  const headers = { ...response.headers, 'upload-complete': '?1', 'upload-offset': String(size) };
  return { ...response, headers };
};

const asPost = (request: FhirRequest): FhirRequest => {
  const { id: upload, ...posted } = request;
  return upload === undefined ? request : { ...posted, method: 'POST' };
};

const findMade = async ({ binary }: Upload, { store }: Context): Promise<Version | undefined> => {
  const [found] = await store.resources.read([{ type: 'Binary', id: binary, version: '1' }]);
  return found;
};

const makeBinary = async (
  { upload }: Kept,
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  try {
    return await join(upload, request, permit, context);
  } catch (error) {
    // Somebody else finished it at the same time: either the id or the parts are gone.
    const there = error instanceof Problem ? undefined : await findMade(upload, context);
    if (!there) throw error;
    return writeResponse(request, { status: 201, version: there });
  }
};

const join = async (
  upload: Upload,
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { bytes } = context.store;
  const staged = await bytes.stage(joined(upload.parts, bytes));
  try {
    checkDigest(upload, staged);
    const document = binaryOf({ ...upload, bytes: staged.id });
    const creation = { request, document, adopts: [staged.id], id: upload.binary };
    return await createOnce(creation, permit, context);
  } catch (error) {
    await bytes.discard([staged.id]);
    throw error;
  }
};

async function* joined(parts: readonly string[], bytes: ByteStore): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* bytes.open(part);
}

const checkDigest = ({ sha256 }: Upload, staged: Staged): void => {
  if (sha256 === undefined || sha256 === staged.sha256) return;
  throw invalid(
    `What came has the SHA-256 ${staged.sha256}, not ${sha256} as its Repr-Digest says; upload it again.`,
  );
};

/** What cannot be made is not kept for another try; what failed on our side is. */
const giveUp =
  ({ id, upload }: Kept, { store }: Context) =>
  async (error: unknown): Promise<never> => {
    const refused = error instanceof Problem && error.status < 500 ? error : undefined;
    if (refused) await takeUpload(id, store.records);
    // Also when somebody cancelled it while its parts were being read, or they were lost.
    const isOver = refused !== undefined || !(await isWhole(upload, id, store));
    if (!isOver) throw error;
    await store.bytes.discard(upload.parts);
    if (!refused) throw unknownUpload(id);
    throw new Problem(refused.status, refused.issues, {
      ...refused.headers,
      'upload-complete': '?1',
    });
  };

const isWhole = async (
  { parts }: Upload,
  id: string,
  { records, bytes }: Context['store'],
): Promise<boolean> => {
  if (!(await currentUpload(id, records))) return false;
  for (const part of parts) if (!(await bytes.describe(part))) return false;
  return true;
};

/** Kept to be told to those who did not hear the answer, without its parts. */
const close = async ({ id, upload }: Kept, made: string, { store }: Context): Promise<void> => {
  await changeUpload(id, upload, { made, parts: [] }, store.records);
  await store.bytes.discard(upload.parts);
};
