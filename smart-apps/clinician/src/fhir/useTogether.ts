// useTogether: a search or a read whose first answer comes in one batch with all others that begin at the same moment.

import type { Bundle, FhirResource } from 'fhir/r4';
import { useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import {
  pageOf,
  queryOf,
  readPage,
  type Page,
  type SearchParameters,
} from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { togetherOf } from './together.ts';

/** As `useSearch`, and under the same key: what one of them has read need not be read by the other. */
export const useSearchTogether = <T extends FhirResource>(
  type: T['resourceType'],
  parameters: SearchParameters | undefined,
): Found<T> => {
  const { fhir } = useSession();
  const query = useInfiniteQuery({
    queryKey: [type, 'search', parameters],
    queryFn: async ({ pageParam }): Promise<Page<T>> => {
      if (pageParam !== undefined) return readPage<T>(fhir, pageParam);
      return pageOf<T>((await togetherOf(fhir)(`${type}?${queryOf(parameters ?? {})}`)) as Bundle);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled: parameters !== undefined,
  });
  const pages = query.data?.pages ?? [];
  return {
    items: pages.flatMap(({ items }) => items),
    included: pages.flatMap(({ included }) => included),
    total: pages[0]?.total,
    isLoading: query.isLoading,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isLoadingMore: query.isFetchingNextPage,
    again: () => void query.refetch(),
  };
};

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
