// Transaction: several resources written as one: all of them or none, and safe to send again when the answer was lost.
// https://hl7.org/fhir/R4/http.html#transaction

import type { Bundle, BundleEntry, FhirResource, Identifier } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { ifMatchOf } from '@meridian/ui/fhir/write.ts';

/** Answers the references of what was written, in the order of the entries, such as `MedicationRequest/1`. */
export const transact = async (
  fhir: Fhir,
  entry: readonly BundleEntry[],
): Promise<readonly string[]> => {
  const body: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: [...entry] };
  const answer = await fhir.ask({ method: 'POST', path: fhir.base, body });
  return ((answer.body as Bundle).entry ?? []).map(({ response }) =>
    referenceIn(response?.location ?? ''),
  );
};

/** By which what was sent is known again. `key` is a UUID. */
export const identifierOf = (key: string): Identifier => ({
  ...{ system: 'urn:ietf:rfc:3986', value: urnOf(key) },
});

export const urnOf = (key: string): string => `urn:uuid:${key}`;

/** Created once, however often it is sent; the resource carries the identifier of its key. */
export const createOnce = (key: string, resource: FhirResource): BundleEntry => ({
  fullUrl: urnOf(key),
  resource,
  request: {
    ...{ method: 'POST', url: resource.resourceType },
    ifNoneExist: `identifier=${encodeURIComponent(`urn:ietf:rfc:3986|${urnOf(key)}`)}`,
  },
});

/** Fails the whole transaction with the kind `conflict` when somebody else changed it since it was read. */
export const replace = (resource: FhirResource): BundleEntry => ({
  resource,
  request: {
    ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}` },
    ifMatch: ifMatchOf(resource),
  },
});

const referenceIn = (location: string): string =>
  /([A-Z][A-Za-z]+\/[^/]+)(\/_history\/[^/]+)?$/.exec(location)?.[1] ?? '';
