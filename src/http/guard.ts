// Guard: who asks, and what they may reach. What is public needs nobody to ask.

import type { IncomingHttpHeaders } from 'node:http';
import type { Authenticate } from '../access/authenticate.ts';
import type { Authorize } from '../access/authorize.ts';
import { nobody, unrestricted, type Permit } from '../access/permit.ts';
import { isPublic } from './cors.ts';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** Below the FHIR base. */
  readonly path: string;
}

/** The permit of this request, or a 401/403. */
export type Guard = (asked: Asked) => Promise<Permit> | Permit;

/** Everyone shows an access token, but for what is public. */
export const createGuard =
  (authenticate: Authenticate, authorize: Authorize): Guard =>
  async ({ headers, path }) =>
    isPublic(path) ? nobody : authorize(await authenticate(headers.authorization));

/** Lets everyone reach everything: for tests and measures of what lies behind the guard. */
export const openGuard: Guard = () => unrestricted;
