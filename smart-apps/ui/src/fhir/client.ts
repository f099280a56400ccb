// Client: requests to the FHIR API with the session's token. Everything an app reads or writes goes through it.
// https://hl7.org/fhir/R4/http.html

import type { Tokens } from '../session/tokens.ts';
import { failureOf, FhirFailure } from './failure.ts';

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base, such as `Patient/1` or `Observation?code=…`; or a whole address below it, such as a next link. */
  readonly path: string;
  /** A resource or Parameters, or bytes as they are. */
  readonly body?: object | Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Fhir {
  readonly base: string;
  /** Throws a FhirFailure for every answer that is not 2xx, and for none at all. */
  readonly ask: (ask: Ask) => Promise<Answer>;
  /** The bytes of a Binary or an attachment with their content type. */
  readonly bytes: (address: string) => Promise<Blob>;
  /** A token that is still good, for what cannot be asked by `ask`, such as an upload with progress. */
  readonly token: () => Promise<string>;
}

const json = 'application/fhir+json';

/** `base` is where the FHIR API is, without a slash at its end. */
export const createFhir = (base: string, tokens: Tokens): Fhir => {
  const send = async (ask: Ask): Promise<Response> => {
    const address = addressOf(base, ask.path);
    const token = await tokens.current();
    const response = await fetchWith(address, ask, token);
    if (response.status !== 401) return checked(response);
    // The server may have ended the token before its time, or this device's clock is wrong; nothing was done yet.
    const other = await tokens.renewed(token);
    return checked(other === undefined ? response : await fetchWith(address, ask, other));
  };
  return {
    base,
    token: tokens.current,
    ask: async (ask) => {
      const response = await send(ask);
      return { status: response.status, headers: response.headers, body: await bodyOf(response) };
    },
    bytes: async (address) => {
      const response = await send({ path: address, headers: { accept: '*/*' } });
      return response.blob().catch(lost);
    },
  };
};

const fetchWith = (address: string, ask: Ask, token: string): Promise<Response> => {
  const { method = 'GET', body, headers, signal } = ask;
  return fetch(address, {
    method,
    headers: { accept: json, ...typeOf(body), ...headers, authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    return lost();
  });
};

const lost = (): never => {
  throw new FhirFailure('network', 0);
};

const checked = async (response: Response): Promise<Response> => {
  if (!response.ok) throw failureOf(response.status, await bodyOf(response));
  return response;
};

/** An address elsewhere never gets the token. */
const addressOf = (base: string, path: string): string => {
  const address = new URL(path, `${base}/`).href;
  if (address !== base && !address.startsWith(`${base}/`) && !address.startsWith(`${base}?`))
    throw new FhirFailure('refused', 0);
  return address;
};

const typeOf = (body: Ask['body']): Readonly<Record<string, string>> => {
  if (body === undefined) return {};
  return { 'content-type': body instanceof Blob ? body.type : json };
};

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text().catch(lost);
  if (text === '' || !(response.headers.get('content-type') ?? '').includes('json'))
    return undefined;
  return JSON.parse(text) as unknown;
};
