// Security headers: those of helmet, worked out once, because they are the same on every answer.
// https://hl7.org/fhir/R4/security.html#http

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/**
 * Answers of the API are no pages: nothing in them may load, run or be framed. The headers that only a page understands are left
 * out: each costs every answer.
 */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  // Said only where it is true: below.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

const collect = (): readonly (readonly [string, string])[] => {
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  protect(request, answer, () => undefined);
  return answer.getHeaderNames().map((name) => [name, String(answer.getHeader(name))]);
};

export const securityHeaders: readonly (readonly [string, string])[] = collect();

/**
 * "An HSTS Host MUST NOT include the STS header field in HTTP responses conveyed over non-secure transport."
 * https://www.rfc-editor.org/rfc/rfc6797#section-7.2
 */
export const transportHeaders = (publicUrl: string): Readonly<Record<string, string>> =>
  publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {};
