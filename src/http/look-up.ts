// Look-up: a search by identifier, which is how somebody would guess their way to a patient. What finds nothing is counted.

import type { Permit } from '../access/permit.ts';
import type { Context, FhirRequest, FhirResponse } from '../interactions/types.ts';

/** Runs what may be a look-up. Throws 429 when too many of this caller have found nothing. */
export const countLookUp = async (
  { query }: Pick<FhirRequest, 'query'>,
  { caller }: Permit,
  { meter }: Context,
  answer: () => Promise<FhirResponse>,
): Promise<FhirResponse> => {
  const asked = identifiersIn(query);
  if (!meter || !caller || asked === 0) return answer();
  meter.checkLookUp(caller);
  const response = await answer();
  for (let missed = asked - foundIn(response); missed > 0; missed -= 1) meter.missedLookUp(caller);
  return response;
};

/** How many: `identifier`, `patient.identifier`, `subject:identifier`, `_has:Patient:…:identifier`; a list asks for each in it. */
const identifiersIn = (query: FhirRequest['query']): number =>
  query
    .filter(([name]) => name.includes('identifier'))
    .reduce((sum, [, value]) => sum + value.split(',').length, 0);

/** Whether there is nothing or nothing to be seen makes no difference here. A warning in the answer is no find. */
const foundIn = ({ status, shown = [], text = '' }: FhirResponse): number => {
  if (status !== 200) return Infinity;
  const [, total = '0'] = /"total":\s*(\d+)/.exec(text) ?? [];
  return Math.max(shown.length, Number(total));
};
