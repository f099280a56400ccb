// Requester: the name of who asks, among what came along with the requests.

import { formatName } from '@meridian/ui/format/person.ts';
import type { FhirResource, Reference } from 'fhir/r4';

export const nameIn = (
  included: readonly FhirResource[],
  reference: Reference | undefined,
): string | undefined => {
  const found = included.find(
    ({ resourceType, id }) => reference?.reference === `${resourceType}/${id ?? ''}`,
  );
  if (found?.resourceType === 'Practitioner') return formatName(found.name) || reference?.display;
  if (found?.resourceType === 'Organization') return found.name ?? reference?.display;
  return reference?.display;
};
