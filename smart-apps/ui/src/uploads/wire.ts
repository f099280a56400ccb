// Wire: requests whose bytes are counted while they go, which fetch cannot do.
// https://xhr.spec.whatwg.org/#interface-xmlhttprequestupload

import type { Fhir } from '../fhir/client.ts';
import { FhirFailure } from '../fhir/failure.ts';

export interface WireRequest {
  readonly method: 'POST' | 'PATCH' | 'HEAD' | 'DELETE';
  /** Below the base of the FHIR API. */
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob;
  readonly onSent?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** Answers of every status come back; throws a FhirFailure of kind `network` where there is none, and AbortError. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

export const openWire =
  (fhir: Fhir): Wire =>
  async (asked) => {
    const address = new URL(asked.address, `${fhir.base}/`).href;
    // The token goes to the own server alone.
    if (!address.startsWith(`${fhir.base}/`)) throw new FhirFailure('refused', 0);
    return send({ ...asked, address }, await fhir.token());
  };

const send = (
  { method, address, headers = {}, body, onSent, signal }: WireRequest,
  token: string,
): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader('accept', 'application/fhir+json');
    request.setRequestHeader('authorization', `Bearer ${token}`);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onSent?.(loaded));
    request.addEventListener('load', () =>
      resolve({
        ...{ status: request.status, text: request.responseText },
        header: (name) => request.getResponseHeader(name) ?? undefined,
      }),
    );
    request.addEventListener('error', () => reject(new FhirFailure('network', 0)));
    request.addEventListener('timeout', () => reject(new FhirFailure('network', 0)));
    const stopped = () => reject(new DOMException('Stopped.', 'AbortError'));
    request.addEventListener('abort', stopped);
    if (signal?.aborted) {
      stopped();
      return;
    }
    const stop = () => request.abort();
    signal?.addEventListener('abort', stop, { once: true });
    // One signal is for all parts of a file.
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop));
    request.send(body ?? null);
  });
