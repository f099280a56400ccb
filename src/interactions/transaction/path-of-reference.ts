// Where in a resource a reference stands: only looked for when an error has to name it.

import { isObject, type Resource } from '../../fhir/resource.ts';

/** `Observation.subject.reference`; undefined when the text is nowhere. */
export const pathOfReference = (resource: Resource, text: string): string | undefined => {
  const look = (value: unknown, path: string): string | undefined => {
    if (Array.isArray(value)) {
      for (const [place, element] of value.entries()) {
        const found = look(element, `${path}[${String(place)}]`);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (!isObject(value)) return undefined;
    if (value['reference'] === text) return `${path}.reference`;
    for (const [name, member] of Object.entries(value)) {
      const found = look(member, `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(resource, resource.resourceType);
};
