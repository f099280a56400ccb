// useAttachment: the bytes of a document, with whether they are those that were filed.

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Attachment } from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { FhirFailure } from '../fhir/failure.ts';
import { useSession } from '../session/session.ts';
import { checkDigest, type Digest } from './digest.ts';
import { attachmentKey } from './identity.ts';
import { blobOfBase64 } from './inline.ts';

export interface Loaded {
  readonly blob: Blob;
  readonly digest: Digest;
}

/** `when` is `later` for what is only loaded once somebody saves it. */
export const useAttachment = (
  attachment: Attachment | undefined,
  when: 'now' | 'later',
): UseQueryResult<Loaded> => {
  const { fhir } = useSession();
  return useQuery({
    queryKey: attachmentKey(attachment),
    queryFn: () => load(fhir, attachment!),
    enabled: attachment !== undefined && when === 'now',
    // Bytes do not change, but they are many: they go soon after the page does.
    ...{ staleTime: Infinity, gcTime: 60_000 },
  });
};

const load = async (fhir: Fhir, attachment: Attachment): Promise<Loaded> => {
  const blob = await bytesOf(fhir, attachment);
  return { blob, digest: await checkDigest(attachment, await blob.arrayBuffer()) };
};

const bytesOf = async (fhir: Fhir, { data, url, contentType }: Attachment): Promise<Blob> => {
  if (data !== undefined) return blobOfBase64(data, contentType);
  if (url === undefined) throw new FhirFailure('missing', 404);
  return fhir.bytes(url);
};
