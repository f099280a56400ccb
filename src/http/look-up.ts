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
  if (!meter || !caller || !isLookUp(query)) return answer();
  meter.checkLookUp(caller);
  const response = await answer();
  if (isEmpty(response)) meter.missedLookUp(caller);
  return response;
};

/** `identifier`, `patient.identifier`, `subject:identifier`, `_has:Patient:…:identifier`. */
const isLookUp = (query: FhirRequest['query']): boolean =>
  query.length > 0 && query.some(([name]) => name.includes('identifier'));

/** A Bundle without entries that counts none. Whether there is nothing or nothing to be seen makes no difference here. */
const isEmpty = ({ status, text = '' }: FhirResponse): boolean =>
  status === 200 && !text.includes('"entry"') && !/"total":\s*[1-9]/.test(text);
