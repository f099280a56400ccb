// Named visit: the visit that an address names may be of somebody else; nothing is written into it then.

import type { Encounter } from 'fhir/r4';

/** `patient` is a logical id. */
export const isVisitOf = (patient: string, { subject }: Encounter): boolean =>
  subject?.reference === `Patient/${patient}`;

/** Of visits that are under way, the one that began on a day: one that nobody closed weeks ago is not gone on with. */
export const begunWithin = (
  visits: readonly Encounter[],
  { start, end }: { readonly start: string; readonly end: string },
): Encounter | undefined =>
  visits.find(({ period }) => {
    const begun = Date.parse(period?.start ?? '');
    return begun >= Date.parse(start) && begun < Date.parse(end);
  });
