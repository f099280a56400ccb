// CORS: which pages of other sites a browser lets talk to us: those of registered apps; what is public, everyone's.
// https://hl7.org/fhir/R4/security.html#cors

import type { IncomingMessage } from 'node:http';
import type { FhirResponse } from '../interactions/types.ts';

/** The origins of the registered apps. Asked at each request of a browser that comes from elsewhere. */
export type FindOrigins = () => Promise<ReadonlySet<string>>;

export interface Cors {
  /** Headers of the answer; undefined when no page of another site asks for what is not public. */
  readonly headers: (req: Asking, path: string) => Promise<Headers> | undefined;
  /** The answer to a preflight; undefined when this is none. */
  readonly preflight: (req: Asking, allowed: Headers) => FhirResponse | undefined;
}

type Headers = Readonly<Record<string, string>>;
type Asking = Pick<IncomingMessage, 'headers' | 'method'>;

export const createCors = (findOrigins: FindOrigins): Cors => ({
  headers: ({ headers: { origin } }, path) => {
    // The same whoever asks: a browser may keep what our own page was told and give it to the page of another site.
    if (isPublic(path)) return Promise.resolve(forEveryone);
    return origin === undefined ? undefined : headersFor(origin, findOrigins);
  },
  preflight: ({ method, headers }, allowed) =>
    method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
      ? {
          status: 204,
          headers: { ...allowed, ...('access-control-allow-origin' in allowed ? permitted : {}) },
        }
      : undefined,
});

/** Nobody has to sign in for these. https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support */
export const isPublic = (path: string): boolean =>
  publicPaths.has(path) || path.startsWith('.well-known/');

/** What this server is, and the times that hospitals publish. */
const publicPaths: ReadonlySet<string> = new Set([
  ...['metadata', '$bulk-publish'],
  ...['Location/$published', 'Schedule/$published', 'Slot/$published'],
]);

// Tokens come in a header, never in a cookie, so `Access-Control-Allow-Credentials` is not needed.
const headersFor = async (origin: string, findOrigins: FindOrigins): Promise<Headers> => {
  // Caches must not give one site's answer to another.
  const vary = { vary: 'Accept, Accept-Encoding, Origin' };
  if (!(await findOrigins()).has(origin)) return vary;
  return { 'access-control-allow-origin': origin, ...exposed, ...vary };
};

const exposed = {
  'access-control-expose-headers':
    'Content-Location, ETag, Last-Modified, Location, RateLimit, RateLimit-Policy, Retry-After, Upload-Complete, Upload-Length, Upload-Limit, Upload-Offset, WWW-Authenticate, X-Request-Id',
};

const forEveryone: Headers = { 'access-control-allow-origin': '*', ...exposed };

const permitted = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Exist, If-None-Match, Prefer, Range, Repr-Digest, Upload-Complete, Upload-Length, Upload-Offset, X-Request-Id',
  'access-control-max-age': '600',
};
