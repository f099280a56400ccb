// Record id: under which id a token, code or session is kept. Whoever reads the store finds nothing that opens a door.

import { hash } from 'node:crypto';

/** The SHA-256 of the value the client holds, in base64url. */
export const recordId = (value: string): string => hash('sha256', value, 'base64url');
