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
  const { resourceType, id = '', meta } = resource;
  const headers = meta?.versionId === undefined ? {} : { 'if-match': `W/"${meta.versionId}"` };
  const { body } = await fhir.ask({
    ...{ method: 'PUT', path: `${resourceType}/${id}`, body: resource, headers },
  });
  return body as T;
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
