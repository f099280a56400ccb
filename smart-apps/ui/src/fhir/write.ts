// Write: creates, updates and operations. An update says which version it changes, so that nobody's change is lost.
// https://hl7.org/fhir/R4/http.html#concurrency

import type { FhirResource, Parameters, ParametersParameter } from 'fhir/r4';
import type { Fhir } from './client.ts';

export const read = async <T extends FhirResource>(
  fhir: Fhir,
  type: T['resourceType'],
  id: string,
): Promise<T> => (await fhir.ask({ path: `${type}/${id}` })).body as T;

/** By a reference such as `Patient/1`. */
export const readReference = async <T extends FhirResource>(
  fhir: Fhir,
  reference: string,
): Promise<T> => (await fhir.ask({ path: reference })).body as T;

export const create = async <T extends FhirResource>(fhir: Fhir, resource: T): Promise<T> =>
  (await fhir.ask({ method: 'POST', path: resource.resourceType, body: resource })).body as T;

/** Fails with the kind `conflict` when somebody else changed it since it was read. */
export const update = async <T extends FhirResource>(fhir: Fhir, resource: T): Promise<T> => {
  const { resourceType, id = '' } = resource;
  const headers = { 'if-match': ifMatchOf(resource) };
  const { body } = await fhir.ask({
    ...{ method: 'PUT', path: `${resourceType}/${id}`, body: resource, headers },
  });
  return body as T;
};

/**
 * The version that a change goes out from. Throws where none was read, for then nobody would be told that another was first, and where
 * only a part was read, for then the rest would be lost. https://hl7.org/fhir/R4/search.html#elements
 */
export const ifMatchOf = ({ resourceType, meta }: FhirResource): string => {
  if (meta?.tag?.some(({ code }) => code === 'SUBSETTED'))
    throw new Error(`A ${resourceType} of which only a part was read cannot be written back.`);
  if (meta?.versionId === undefined)
    throw new Error(`A ${resourceType} cannot be changed without the version that was read.`);
  return `W/"${meta.versionId}"`;
};

/** `path` such as `Appointment/$book`. The answer is whatever resource the operation gives. */
export const operate = async <T extends FhirResource>(
  fhir: Fhir,
  path: string,
  parameter: readonly ParametersParameter[] = [],
): Promise<T> => {
  const body: Parameters = { resourceType: 'Parameters', parameter: [...parameter] };
  return (await fhir.ask({ method: 'POST', path, body })).body as T;
};
