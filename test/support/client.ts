// A plain HTTP client for tests: sends exactly what it is told, keeps connections, and reads FHIR answers.

import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is; anything else as JSON. */
  readonly body?: unknown;
}

export interface Client {
  readonly base: string;
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  put(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  patch(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
}

const fhirJson = 'application/fhir+json';

/** A client of the server whose FHIR base is given. Paths are below the base; a full address is taken as it is. */
export const clientOf = (base: string, token?: string): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const ask: Client['ask'] = (method, path, { headers = {}, body } = {}) => {
    const url = new URL(/^https?:/.test(path) ? path : base);
    // The path is sent as it is: a URL would mend what a test wants wrong.
    const target = /^https?:/.test(path)
      ? url.pathname + url.search
      : url.pathname + (path === '' || path.startsWith('?') ? path : `/${path}`);
    const payload =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
        ? body
        : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = send({
        hostname: url.hostname,
        port: url.port,
        path: target,
        method,
        agent,
        headers: {
          accept: fhirJson,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(payload === undefined ? {} : { 'content-type': fhirJson }),
          ...(payload === undefined
            ? {}
            : { 'content-length': String(Buffer.byteLength(payload)) }),
          ...headers,
        },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.end(payload);
    });
  };
  return {
    base,
    ask,
    get: (path, headers) => ask('GET', path, { ...(headers && { headers }) }),
    post: (path, body, headers) => ask('POST', path, { body, ...(headers && { headers }) }),
    put: (path, body, headers) => ask('PUT', path, { body, ...(headers && { headers }) }),
    patch: (path, body, headers) => ask('PATCH', path, { body, ...(headers && { headers }) }),
    delete: (path, headers) => ask('DELETE', path, { ...(headers && { headers }) }),
    close: () => {
      agent.destroy();
    },
  };
};

export const jsonOf = (answer: Answer): unknown => {
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (cause) {
    throw new Error(
      `${String(answer.status)} with a body that is no JSON: ${answer.text.slice(0, 300)}`,
      { cause },
    );
  }
};

/** The resource of an answer; throws with the answer's text when the status is not the one expected. */
export const resourceOf = (
  answer: Answer,
  status: number | readonly number[] = 200,
): FhirResource => {
  if (![status].flat().includes(answer.status))
    throw new Error(
      `expected ${String(status)}, got ${String(answer.status)}: ${answer.text.slice(0, 600)}`,
    );
  return jsonOf(answer) as FhirResource;
};

export const bundleOf = (answer: Answer, status: number | readonly number[] = 200): Bundle => {
  const found = resourceOf(answer, status);
  if (found.resourceType !== 'Bundle')
    throw new Error(`expected a Bundle, got ${found.resourceType}`);
  return found;
};

export const outcomeOf = (answer: Answer): OperationOutcome => {
  const found = jsonOf(answer) as FhirResource;
  if (found.resourceType !== 'OperationOutcome')
    throw new Error(`expected an OperationOutcome, got ${answer.text.slice(0, 300)}`);
  return found;
};

/** All words of an outcome: what a reader is told. */
export const wordsOf = (answer: Answer): string =>
  outcomeOf(answer)
    .issue.map((issue) => `${issue.diagnostics ?? ''} ${issue.details?.text ?? ''}`)
    .join(' ');

export const entriesOf = (bundle: Bundle, mode?: 'match' | 'include'): readonly BundleEntry[] =>
  (bundle.entry ?? []).filter((entry) => mode === undefined || entry.search?.mode === mode);

export const idsOf = (bundle: Bundle): readonly string[] =>
  entriesOf(bundle, 'match').map((entry) => entry.resource?.id ?? '');

export const linkOf = (bundle: Bundle, relation: string): string | undefined =>
  bundle.link?.find((link) => link.relation === relation)?.url;

/** Every page from this search on. */
export const pagesOf = async (client: Client, path: string): Promise<readonly Bundle[]> => {
  const pages: Bundle[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = bundleOf(await client.get(next));
    pages.push(page);
    next = linkOf(page, 'next');
    if (pages.length > 10_000) throw new Error(`${path} has pages without end`);
  }
  return pages;
};
