// Wanted faults: what is missing in a request for access before it is sent. Each is the id of a field.

import type { Wanted } from './request.ts';

export const faultsOf = ({ uhid, kinds, until }: Wanted): readonly string[] => [
  ...(uhid.trim() === '' ? ['uhid'] : []),
  ...(kinds.length === 0 ? ['kinds'] : []),
  ...(/^\d{4}-\d{2}-\d{2}$/.test(until) ? [] : ['until']),
];
