// Client: requests to the FHIR API with the session's token. Everything an app reads or writes goes through it.
// https://hl7.org/fhir/R4/http.html

import type Client from 'fhirclient/lib/Client';
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

export const createFhir = (client: Client): Fhir => {
  const base = client.state.serverUrl;
  const token = async (): Promise<string> => {
    await client.refreshIfNeeded().catch(() => {
      throw new FhirFailure('expired', 401);
    });
    const { access_token: held } = client.state.tokenResponse ?? {};
    if (held === undefined) throw new FhirFailure('expired', 401);
    return held;
  };
  const send = async ({ method = 'GET', path, body, headers, signal }: Ask): Promise<Response> => {
    const held = await token();
    const response = await fetch(addressOf(base, path), {
      method,
      headers: { accept: json, ...typeOf(body), ...headers, authorization: `Bearer ${held}` },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new FhirFailure('network', 0);
    });
    if (!response.ok) throw failureOf(response.status, await bodyOf(response));
    return response;
  };
  return {
    base,
    token,
    ask: async (ask) => {
      const response = await send(ask);
      return { status: response.status, headers: response.headers, body: await bodyOf(response) };
    },
    bytes: async (address) => {
      const response = await send({ path: address, headers: { accept: '*/*' } });
      return response.blob();
    },
  };
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
  const text = await response.text().catch(() => {
    throw new FhirFailure('network', 0);
  });
  if (text === '' || !(response.headers.get('content-type') ?? '').includes('json'))
    return undefined;
  return JSON.parse(text) as unknown;
};
