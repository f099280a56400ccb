// Security headers: those of helmet, worked out once, because they are the same on every answer.
// https://hl7.org/fhir/R4/security.html#http

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
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
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  protect(request, answer, () => undefined);
  return answer.getHeaderNames().map((name) => [name, String(answer.getHeader(name))]);
};

export const securityHeaders: readonly (readonly [string, string])[] = collect();
