// Range: the one part of a content a client asks for.
// https://www.rfc-editor.org/rfc/rfc9110#name-range

import type { Range } from '../store/port.ts';
import type { FhirRequest } from './types.ts';

/**
 * undefined: give all of it. That also answers what cannot be read, several parts at once, and an If-Range that names
 * another version, as RFC 9110 allows or wants.
 */
export const readRange = (
  headers: FhirRequest['headers'],
  size: number,
  etag: string | undefined,
): Range | 'unsatisfiable' | undefined => {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers['range']?.trim() ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (!found || (from === '' && to === '')) return undefined;
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag) return undefined;

  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && from !== '' && Number(to) < first) return undefined;
  return first >= size || (from === '' && Number(to) === 0) ? 'unsatisfiable' : { first, last };
};
