// Guard: who asks, and what they may reach. Until sign-in exists that is everyone on this machine, and everything.

import type { IncomingHttpHeaders } from 'node:http';
import { unrestricted, type Permit } from '../access/permit.ts';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** Below the FHIR base. */
  readonly path: string;
}

/** The permit of this request, or a 401/403. */
export type Guard = (asked: Asked) => Promise<Permit> | Permit;

/** Lets everyone reach everything: for tests and measures of what lies behind the guard. */
export const openGuard: Guard = () => unrestricted;
