// Upload: what is kept of a resumable upload while it is under way, and for a while after; only who began it finds it.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-12#section-4.1

import type { Permit } from '../../access/permit.ts';
import { Problem } from '../../fhir/problem.ts';
import type { RecordStore } from '../../store/port.ts';
import type { Context, FhirRequest } from '../types.ts';

export interface Upload {
  /** Client, user and organization that began it. */
  readonly owner: string;
  readonly contentType: string;
  /** `X-Security-Context` */
  readonly securityContext?: string;
  /** Id that the Binary will have: so that it is made once, whoever finishes the upload how often. */
  readonly binary: string;
  /** Bytes of the whole, when the client has said so. */
  readonly length?: number;
  /** Hex, of the whole, when the client has said so. */
  readonly sha256?: string;
  /** Bytes that have come. */
  readonly size: number;
  /** Staged bytes, in order. */
  readonly parts: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
  /** `Binary/1/_history/1`, once there is one. */
  readonly made?: string;
}

const kind = 'upload';

/** Less than the day after which staged bytes are swept: whatever can be resumed still has all of its parts. */
const lifeMilliseconds = 23 * 3_600_000;

export const addressOf = (id: string): string => `Binary/_upload/${id}`;

/** Whoever cannot be told from the one who began it may go on with it. */
export const ownerOf = ({ caller }: Permit): string =>
  JSON.stringify(caller ? [caller.client, caller.user, caller.organization] : []);

export const addUpload = async (
  id: string,
  begun: Omit<Upload, 'size' | 'parts' | 'until'>,
  { store, now }: Context,
): Promise<Upload> => {
  const until = now() + lifeMilliseconds;
  const upload: Upload = { ...begun, size: 0, parts: [], until };
  await store.records.put(kind, id, upload, new Date(until));
  return upload;
};

/** Throws 404: also for what somebody else began, and for what is over. */
export const findUpload = async (
  request: FhirRequest,
  permit: Permit,
  { store, now }: Context,
): Promise<{ readonly id: string; readonly upload: Upload }> => {
  const { id = '' } = request;
  const upload = (await store.records.get(kind, id)) as Upload | undefined;
  if (upload?.owner !== ownerOf(permit) || upload.until <= now()) throw unknownUpload(id);
  return { id, upload };
};

/** undefined when another request has changed it meanwhile. */
export const changeUpload = async (
  id: string,
  before: Upload,
  changes: Partial<Upload>,
  records: RecordStore,
): Promise<Upload | undefined> => {
  const after = { ...before, ...changes };
  return (await records.replace(kind, id, after, before)) ? after : undefined;
};

export const currentUpload = async (
  id: string,
  records: RecordStore,
): Promise<Upload | undefined> => (await records.get(kind, id)) as Upload | undefined;

/** What it was, undefined when somebody else was faster. */
export const takeUpload = async (id: string, records: RecordStore): Promise<Upload | undefined> =>
  (await records.take(kind, id)) as Upload | undefined;

export const unknownUpload = (id: string): Problem =>
  new Problem(404, [
    {
      severity: 'error',
      code: 'not-found',
      diagnostics: `There is no upload '${id}' of yours; it may have expired. Begin a new one by POST Binary.`,
    },
  ]);
