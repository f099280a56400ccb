// links: which resources, and which versions of them, the index values of a resource lead to.
// https://hl7.org/fhir/R4/references.html#literal

import { readReference, type LiteralReference } from '../fhir/reference.ts';
import type { Entry } from './entry.ts';

/** By these params. A reference to a version is two entries, first without it, and leads to that version alone. */
export const linksOf = (
  entries: readonly Entry[],
  params: readonly string[],
): readonly LiteralReference[] => {
  const targets = entries.flatMap((entry) =>
    entry.kind === 'reference' && params.includes(entry.param) ? [entry.target] : [],
  );
  return targets
    .filter((target, place) => !targets[place + 1]?.startsWith(`${target}/_history/`))
    .flatMap((target) => readReference(target) ?? []);
};
