// Counts the look-ups of a caller that find nobody: that is how somebody would guess their way to a patient.

import type { Permit } from '../access/permit.ts';
import type { Context } from '../interactions/types.ts';

/** Runs a look-up. Throws 429 when too many of this caller have found nothing. */
export const countMisses = async <T>(
  { caller }: Permit,
  { meter }: Context,
  lookUp: () => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  if (!meter || !caller) return lookUp();
  meter.checkLookUp(caller);
  const found = await lookUp();
  if (found.length === 0) meter.missedLookUp(caller);
  return found;
};
