// Asks a test server over bare node:http: nothing is added to the request, nothing is hidden of the answer.

import { request, type IncomingHttpHeaders } from 'node:http';

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as FHIR JSON, a text as it is. */
  readonly body?: object | string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it, and chai says what is missing
  readonly json: any;
}

export const ask = (url: string, { method = 'GET', headers = {}, body }: Question = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const isResource = typeof body === 'object' && !(body instanceof Uint8Array);
    const sent = isResource ? JSON.stringify(body) : body;
    const type = isResource ? { 'content-type': 'application/fhir+json' } : {};
    const req = request(url, { method, headers: { ...type, ...headers } }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        resolve(answerOf(res.statusCode ?? 0, res.headers, Buffer.concat(chunks)));
      });
    });
    req.on('error', reject);
    req.end(sent);
  });

const answerOf = (status: number, headers: IncomingHttpHeaders, bytes: Buffer): Answer => {
  const isJson = headers['content-type']?.includes('json') && !headers['content-encoding'];
  const text = bytes.toString();
  return { status, headers, bytes, text, json: isJson && text ? JSON.parse(text) : undefined };
};
