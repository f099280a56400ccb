// Security headers: those of helmet, worked out once, because they are the same on every answer.
// https://hl7.org/fhir/R4/security.html#http

import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Answers of the API are no pages: nothing in them may load, run or be framed. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' },
});

const collect = (): readonly (readonly [string, string])[] => {
  const headers: [string, string][] = [];
  const answer = {
    setHeader: (name: string, value: string) => headers.push([name.toLowerCase(), value]),
    removeHeader: () => undefined,
  };
  // Helmet only sets headers on what it is given.
  protect({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
};

export const securityHeaders: readonly (readonly [string, string])[] = collect();
