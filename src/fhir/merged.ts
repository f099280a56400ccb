// merged: whether a Patient was found to be another one, and which.
// https://hl7.org/fhir/R4/patient-definitions.html#Patient.link.type

import { readReference } from './reference.ts';
import { isObject, type Resource } from './resource.ts';

/** Id of the Patient that replaces this one. */
export const survivorOf = (patient: Resource): string | undefined => {
  const links: readonly unknown[] = Array.isArray(patient['link']) ? patient['link'] : [];
  const link = links.filter(isObject).find(({ type }) => type === 'replaced-by');
  const other = link?.['other'];
  const reference = isObject(other) ? other['reference'] : undefined;
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  return found?.type === 'Patient' ? found.id : undefined;
};

export const isMerged = (patient: Resource): boolean => survivorOf(patient) !== undefined;
