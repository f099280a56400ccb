// useUpload: files a document of one's own: its bytes, then what it is. What was done before something failed is not done again.

import { useSession } from '@meridian/ui/session/session.ts';
import { sendBytes } from '@meridian/ui/uploads/send-bytes.ts';
import { openWire } from '@meridian/ui/uploads/wire.ts';
import { useQueryClient } from '@tanstack/react-query';
import type { DocumentReference } from 'fhir/r4';
import { useRef, useState } from 'react';
import { documentOf, onceOnly, type NewDocument } from './new-document.ts';

export type UploadState =
  | { readonly is: 'ready' }
  /** `sent` of 0 to 1. */
  | { readonly is: 'sending'; readonly sent: number }
  | { readonly is: 'failed'; readonly error: unknown };

/** How far a file has come. */
interface Progress {
  readonly file: File;
  readonly uuid: string;
  begun?: string;
  binary?: string;
}

export const useUpload = () => {
  const { fhir, patient = '', user } = useSession();
  const queries = useQueryClient();
  const [state, setState] = useState<UploadState>({ is: 'ready' });
  const progress = useRef<Progress>(undefined);
  const running = useRef<AbortController>(undefined);

  const bytesOf = (at: Progress, signal: AbortSignal): Promise<string> =>
    sendBytes(openWire(fhir), {
      ...{ file: at.file, address: at.begun, signal },
      contentType: at.file.type || 'application/octet-stream',
      onSent: (bytes) => setState({ is: 'sending', sent: bytes / at.file.size }),
      onBegun: (address) => (at.begun = address),
    });

  /** The id of the new DocumentReference; undefined when it failed or was cancelled. */
  const start = async (file: File, said: NewDocument): Promise<string | undefined> => {
    if (progress.current?.file !== file) progress.current = { file, uuid: crypto.randomUUID() };
    const at = progress.current;
    running.current = new AbortController();
    const { signal } = running.current;
    setState({ is: 'sending', sent: 0 });
    try {
      const hash = await sha1Of(file);
      at.binary ??= await bytesOf(at, signal);
      const document = documentOf(said, {
        ...{ patient, by: user, at: new Date(), uuid: at.uuid, hash, url: at.binary },
        ...{ contentType: file.type || 'application/octet-stream', size: file.size },
      });
      const { body } = await fhir.ask({
        ...{ method: 'POST', path: 'DocumentReference', body: document, signal },
        headers: { 'if-none-exist': onceOnly(at.uuid), prefer: 'return=representation' },
      });
      for (const type of ['DocumentReference', 'Timeline'])
        await queries.invalidateQueries({ queryKey: [type] });
      setState({ is: 'ready' });
      return (body as DocumentReference).id;
    } catch (error) {
      setState(signal.aborted ? { is: 'ready' } : { is: 'failed', error });
      return undefined;
    }
  };

  return { state, start, cancel: () => running.current?.abort() };
};

const sha1Of = async (file: Blob): Promise<string> => {
  const sum = await crypto.subtle.digest('SHA-1', await file.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(sum)));
};
