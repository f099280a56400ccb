// index-fingerprint: what index values were extracted by. When it changes, stored resources want a reindex.

import type { Definitions } from '../fhir/definitions/types.ts';

/** Raised whenever the code extracts other values from the same resource and the same definitions. */
const extraction = 4;

export const indexFingerprint = ({ fingerprint }: Pick<Definitions, 'fingerprint'>): string =>
  `${fingerprint} by extraction ${String(extraction)}`;
