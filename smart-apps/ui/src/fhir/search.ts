// Search: one page of resources, with what came along and the way to the next page.
// https://hl7.org/fhir/R4/http.html#search

import type { Bundle, FhirResource } from 'fhir/r4';
import type { Fhir } from './client.ts';

export interface Page<T extends FhirResource> {
  readonly items: readonly T[];
  /** By `_include` and `_revinclude`. */
  readonly included: readonly FhirResource[];
  readonly total: number | undefined;
  /** The address of the next page. */
  readonly next: string | undefined;
}

export type SearchParameters = Readonly<
  Record<string, string | number | readonly string[] | undefined>
>;

export const search = async <T extends FhirResource>(
  fhir: Fhir,
  type: T['resourceType'],
  parameters: SearchParameters = {},
): Promise<Page<T>> => readPage(fhir, `${type}?${queryOf(parameters)}`);

export const readPage = async <T extends FhirResource>(
  fhir: Fhir,
  address: string,
): Promise<Page<T>> => {
  const { body } = await fhir.ask({ path: address });
  return pageOf(body as Bundle);
};

export const pageOf = <T extends FhirResource>(bundle: Bundle): Page<T> => {
  const entries = bundle.entry ?? [];
  const resources = (mode: string): FhirResource[] =>
    entries
      .filter(({ search: found }) => (found?.mode ?? 'match') === mode)
      .flatMap(({ resource }) => resource ?? []) as FhirResource[];
  return {
    items: resources('match') as T[],
    included: resources('include'),
    total: bundle.total,
    next: bundle.link?.find(({ relation }) => relation === 'next')?.url,
  };
};

/** A list is repeated: all of them must hold. */
export const queryOf = (parameters: SearchParameters): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      if (one !== undefined) query.append(name, String(one));
  return query.toString();
};
