// Send: a request whose body's progress is told while it goes, which fetch cannot do.
// https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/upload

import { failureOf, FhirFailure } from '@meridian/ui/fhir/failure.ts';

export interface Sending {
  readonly method: 'POST' | 'PATCH' | 'HEAD';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Blob;
  readonly signal: AbortSignal;
  /** Bytes of the body that have left so far. */
  readonly onSent?: (bytes: number) => void;
}

export interface Sent {
  readonly status: number;
  readonly header: (name: string) => string | null;
}

/** Throws a FhirFailure for what is not 2xx and for no answer; what the signal gives as its reason when it was cancelled. */
export const send = ({ method, url, headers, body, signal, onSent }: Sending): Promise<Sent> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    const cancel = (): void => request.abort();
    signal.addEventListener('abort', cancel, { once: true });
    request.upload.onprogress = ({ loaded }) => onSent?.(loaded);
    request.onerror = () => reject(new FhirFailure('network', 0));
    request.onabort = () => reject(signal.reason as Error);
    request.onload = () => {
      const { status } = request;
      if (status >= 200 && status < 300)
        resolve({ status, header: (name) => request.getResponseHeader(name) });
      else reject(failureOf(status, jsonOf(request.responseText)));
    };
    request.onloadend = () => signal.removeEventListener('abort', cancel);
    request.send(body ?? null);
  });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
