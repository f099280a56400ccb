// Stamping: the id, the version and the time the server gives, put into a resource without moving the client's elements.
// https://hl7.org/fhir/R4/resource.html#Meta

import { isObject, type Document, type Resource } from '../fhir/resource.ts';

export interface Stamp {
  readonly id: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const stamp = (document: Document, by: Stamp): Document => {
  const plain = stampResource(document.plain, by);
  // When plain numbers already print as they were written both are one object, and stay one.
  const exact = document.exact === document.plain ? plain : stampResource(document.exact, by);
  return { plain, exact };
};

const stampResource = (resource: Resource, { id, version, at }: Stamp): Resource => {
  const { resourceType, ...rest } = resource;
  // What is no meta stays, so that the validation finds it.
  const { meta: given = {} } = rest;
  const stamped = { ...given, versionId: version, lastUpdated: new Date(at).toISOString() };
  const meta = isObject(given) ? stamped : given;
  const head = {
    resourceType,
    ...('id' in rest ? {} : { id }),
    ...('meta' in rest ? {} : { meta }),
  };
  // Assigning to a key that is there keeps its place.
  return Object.assign({ ...head, ...rest }, { id, meta });
};
