// ips-patient: the Patient of a summary, who must have a name and a birth date; what is not known is said to be unknown.
// https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Patient-uv-ips.html

import { isObject, type Resource } from '../../fhir/resource.ts';

const unknown = {
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      valueCode: 'unknown',
    },
  ],
};

/** The same text when nothing is missing. `patient` is the exact resource of the text. */
export const ipsPatientText = (text: string, patient: Resource): string => {
  const names: readonly unknown[] = Array.isArray(patient['name']) ? patient['name'] : [];
  const isBorn = patient['birthDate'] !== undefined || patient['_birthDate'] !== undefined;
  if (isBorn && names.length > 0 && names.every(isNamed)) return text;
  return JSON.stringify({
    ...patient,
    name: names.length > 0 ? names.map(named) : [{ _text: unknown }],
    ...(isBorn ? {} : { _birthDate: unknown }),
  });
};

/** ips-pat-1: `family.exists() or given.exists() or text.exists()`. */
const isNamed = (name: unknown): boolean =>
  isObject(name) &&
  ['family', 'given', 'text'].some((part) => name[part] !== undefined || `_${part}` in name);

const named = (name: unknown): unknown =>
  isObject(name) && !isNamed(name) ? { ...name, _text: unknown } : name;
