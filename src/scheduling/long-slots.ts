// long-slots: the index value by which a Slot is found that began long before the time it covers: a week of leave that was
// blocked by hand. R4 has no search parameter for the end of a Slot.

import type { Resource } from '../fhir/resource.ts';
import type { Registry } from '../search/registry.ts';
import { longestBuffer, longestVisit } from './rules.ts';

/** The index param: from the beginning of the Slot to its end. No client can search by it. */
export const longSlotParam = 'Slot._long';

/** Milliseconds. What is no longer is found by its beginning. */
export const longestReach = (longestVisit + longestBuffer) * 60_000;

/** A registry that also gives it. */
export const withLongSlots = (registry: Registry): Registry => ({
  ...registry,
  extract: (resource, custodian) => {
    const entries = registry.extract(resource, custodian);
    const span = resource.resourceType === 'Slot' ? longSpan(resource) : undefined;
    return span === undefined
      ? entries
      : [...entries, { kind: 'date', param: longSlotParam, n: 0, ...span }];
  },
});

const longSpan = ({ start, end }: Resource) => {
  const [low, high] = [Date.parse(String(start)), Date.parse(String(end))];
  return high - low > longestReach ? { low, high } : undefined;
};
