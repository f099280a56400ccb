// Guard: who asks, and what they may reach. Until sign-in exists that is everyone on this machine, and everything.

import type { IncomingHttpHeaders } from 'node:http';
import { unrestricted, type Permit } from '../access/permit.ts';

/** The permit of this request, or a 401/403. */
export type Guard = (headers: IncomingHttpHeaders) => Promise<Permit> | Permit;

export const guard: Guard = () => unrestricted;
