// Published limit: what anybody may fetch without signing in is counted like a read, from the purse of the address.

import type { RequestHandler } from 'express';
import type { Trusts } from '../platform/trust-proxy.ts';
import { clientAddress } from './client-address.ts';
import type { RateLimit } from './rate-limit.ts';

/** `limit` is undefined when nobody counts. */
export const limitPublished =
  (limit: RateLimit | undefined, trusts: Trusts): RequestHandler =>
  (req, _res, next) => {
    limit?.enter(clientAddress(req, trusts), 'read');
    next();
  };
