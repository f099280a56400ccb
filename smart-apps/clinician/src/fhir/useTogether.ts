// useTogether: a search or a read whose first answer comes in one batch with all others that begin at the same moment.

import type { Bundle, FhirResource } from 'fhir/r4';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { useSearchBy, type Found } from '@meridian/ui/fhir/hooks.ts';
import { pageOf, queryOf, type Page, type SearchParameters } from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { togetherOf } from './together.ts';

/** As `useSearch`. */
export const useSearchTogether = <T extends FhirResource>(
  type: T['resourceType'],
  parameters: SearchParameters | undefined,
): Found<T> => useSearchBy(searchTogether<T>, type, parameters);

const searchTogether = async <T extends FhirResource>(
  fhir: Fhir,
  type: T['resourceType'],
  parameters: SearchParameters = {},
): Promise<Page<T>> =>
  pageOf<T>((await togetherOf(fhir)(`${type}?${queryOf(parameters)}`)) as Bundle);

/** As `useRead`. */
export const useReadTogether = <T extends FhirResource>(
  type: T['resourceType'],
  id: string | undefined,
): UseQueryResult<T> => {
  const { fhir } = useSession();
  return useQuery({
    queryKey: [type, 'read', id],
    queryFn: async () => (await togetherOf(fhir)(`${type}/${id!}`)) as T,
    enabled: id !== undefined,
  });
};
