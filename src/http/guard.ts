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

/**
 * Everyone shows an access token, but for what is public. What is asked with one token within a turn of the event loop has one
 * permit, as it reads one state of the store: whoever was told that a token is revoked can ask again only in a later turn.
 */
export const createGuard = (authenticate: Authenticate, authorize: Authorize): Guard => {
  const known = new Map<string, Promise<Permit>>();
  const forget = (): void => {
    known.clear();
  };
  const permitOf = async (authorization: string | undefined): Promise<Permit> =>
    authorize(await authenticate(authorization));
  return ({ headers: { authorization = '' }, path }) => {
    if (isPublic(path)) return nobody;
    const found = known.get(authorization);
    if (found) return found;
    if (known.size === 0) setImmediate(forget);
    const permit = permitOf(authorization === '' ? undefined : authorization);
    known.set(authorization, permit);
    return permit;
  };
};

/** Lets everyone reach everything: for tests and measures of what lies behind the guard. */
export const openGuard: Guard = () => unrestricted;
