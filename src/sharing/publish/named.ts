// Named: where a resource names its patient by health ID: in a reference without an address, or in a contained Patient.
// https://hl7.org/fhir/R4/references.html#logical

import { isObject, type Resource } from '../../fhir/resource.ts';

export interface Naming {
  /** FHIRPath of the number. */
  readonly path: string;
  /** As it was typed; whatever stands there. */
  readonly value: unknown;
}

type Element = Readonly<Record<string, unknown>>;

/** In the order they stand. A reference with an address of its own names by that address, whatever identifier it carries. */
export const namingsIn = (resource: Resource, system: string): readonly Naming[] => {
  if (resource.resourceType === 'Patient') return numbersOf(resource, system, 'Patient');
  const found: Naming[] = [];
  const look = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const [place, each] of value.entries()) look(each, `${path}[${String(place)}]`);
      return;
    }
    if (!isObject(value)) return;
    if (value['resourceType'] === 'Patient') found.push(...numbersOf(value, system, path));
    else if (isLogical(value, system))
      found.push({ path: `${path}.identifier.value`, value: value['identifier']['value'] });
    else for (const [name, member] of Object.entries(value)) look(member, `${path}.${name}`);
  };
  look(resource, resource.resourceType);
  return found;
};

/** A reference that names somebody by a number of the system and leads nowhere outside of the resource. */
export const isLogical = (
  value: Element,
  system: string,
): value is Element & { readonly identifier: Element } =>
  value['resourceType'] === undefined &&
  isObject(value['identifier']) &&
  value['identifier']['system'] === system &&
  (value['reference'] === undefined || isFragment(value['reference']));

export const isFragment = (reference: unknown): reference is string =>
  typeof reference === 'string' && reference.startsWith('#');

/** The Patients inside a resource. */
export const containedPatients = ({ contained }: Resource): readonly Resource[] =>
  (Array.isArray(contained) ? contained : []).filter(isPatient);

export const isPatient = (value: unknown): value is Resource =>
  isObject(value) && value['resourceType'] === 'Patient';

const numbersOf = (patient: Element, system: string, path: string): readonly Naming[] => {
  const list: unknown = patient['identifier'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((identifier: unknown, place) =>
    isObject(identifier) && identifier['system'] === system
      ? [{ path: `${path}.identifier[${String(place)}].value`, value: identifier['value'] }]
      : [],
  );
};
