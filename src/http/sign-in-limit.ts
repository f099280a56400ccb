// Sign-in limit: what an address may ask of the authorization server, and how often it may fail there.
// https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-08.html

import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { RateLimits } from '../platform/config.ts';
import type { Trusts } from '../platform/trust-proxy.ts';
import { clientAddress, senderAddress } from './client-address.ts';
import type { RateLimit } from './rate-limit.ts';

export interface SignInLimits {
  /** undefined when nobody counts. */
  readonly limit: RateLimit | undefined;
  readonly limits: RateLimits;
  readonly trusts: Trusts;
}

/** The steps before the authorization server, in their order. */
export const limitSignIn = ({ limit, limits, trusts }: SignInLimits): readonly RequestHandler[] => [
  nameSender(trusts),
  ...(limit ? [spend(limit, trusts), countFailures(limits, trusts)] : []),
];

/** The library believes X-Forwarded-For, whoever says it; so it says what is known. */
const nameSender =
  (trusts: Trusts): RequestHandler =>
  (req, _res, next) => {
    req.headers['x-forwarded-for'] = senderAddress(req, trusts);
    next();
  };

/** From the same purse as everything else this address asks. */
const spend =
  (limit: RateLimit, trusts: Trusts): RequestHandler =>
  (req, _res, next) => {
    if (!req.path.startsWith('/assets/'))
      limit.enter(clientAddress(req, trusts), authorizes.test(req.path) ? 'authorize' : 'sign-in');
    next();
  };

/** As the router of the library reads it. */
const authorizes = /^\/auth\/?$/i;

/** A token endpoint that is asked again and again in vain is being guessed at. */
const countFailures = (limits: RateLimits, trusts: Trusts): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: limits.failuresPerMinute,
    identifier: 'failures',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    skip: ({ method }) => method !== 'POST',
    keyGenerator: (req: Request) => clientAddress(req, trusts),
    // The address is worked out above, from what is trusted.
    validate: false,
    handler: (req, res, _next, { windowMs }) => {
      const seconds = Number(res.getHeader('retry-after') ?? windowMs / 1000);
      const text = `There were too many attempts that failed. Try again in ${String(seconds)} s.`;
      res.status(429);
      if (req.accepts(['json', 'html']) === 'html') res.type('text/plain').send(`${text}\n`);
      else res.json({ error: 'temporarily_unavailable', error_description: text });
    },
  });
