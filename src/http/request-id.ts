// Request id: the client's own when it sends a sane one, else a new one; on every answer and in the log.
// https://hl7.org/fhir/R4/http.html#custom

import type { IncomingHttpHeaders } from 'node:http';
import { newId } from '../platform/ids.ts';

export const requestIdOf = (headers: IncomingHttpHeaders): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : newId();
};
