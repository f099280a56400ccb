// Hooks: how components read and write FHIR, with TanStack Query behind them.
// https://tanstack.com/query/latest

import type { FhirResource } from 'fhir/r4';
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useSession } from '../session/session.ts';
import type { Fhir } from './client.ts';
import { readPage, search, type Page, type SearchParameters } from './search.ts';
import { read } from './write.ts';

/** Every key begins with the type, so that a write of a type freshens all that is shown of it. */
export const useRead = <T extends FhirResource>(
  type: T['resourceType'],
  id: string | undefined,
): UseQueryResult<T> => {
  const { fhir } = useSession();
  return useQuery({
    queryKey: [type, 'read', id],
    queryFn: () => read<T>(fhir, type, id!),
    enabled: id !== undefined,
  });
};

export interface Found<T extends FhirResource> {
  readonly items: readonly T[];
  readonly included: readonly FhirResource[];
  readonly total: number | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
  /** undefined where there is no further page. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  readonly again: () => void;
}

/** Page by page; pass `undefined` as parameters to wait. */
export const useSearch = <T extends FhirResource>(
  type: T['resourceType'],
  parameters: SearchParameters | undefined,
): Found<T> => useSearchBy(search<T>, type, parameters);

/** How the first page of a search is asked for; those after it are where the one before says. */
export type SearchFirst<T extends FhirResource> = (
  fhir: Fhir,
  type: T['resourceType'],
  parameters: SearchParameters | undefined,
) => Promise<Page<T>>;

/** Under the same key whatever the way: what one has read need not be read by another. */
export const useSearchBy = <T extends FhirResource>(
  first: SearchFirst<T>,
  type: T['resourceType'],
  parameters: SearchParameters | undefined,
): Found<T> => {
  const { fhir } = useSession();
  const query = useInfiniteQuery({
    queryKey: [type, 'search', parameters],
    queryFn: ({ pageParam }): Promise<Page<T>> =>
      pageParam === undefined ? first(fhir, type, parameters) : readPage<T>(fhir, pageParam),
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

/**
 * `write` gets the client; afterwards everything shown of `changes` is read again. What must follow a write, such as clearing its draft,
 * goes into `after`: it runs before that reading, which may take the form off the page, and then what `mutate` is given never runs.
 */
export const useWrite = <V, R>(
  write: (fhir: Fhir, value: V) => Promise<R>,
  changes: readonly string[],
  after?: (written: R, value: V) => void,
): UseMutationResult<R, Error, V> => {
  const { fhir } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (value: V) => write(fhir, value),
    onSuccess: async (written, value) => {
      after?.(written, value);
      await Promise.all(changes.map((type) => queries.invalidateQueries({ queryKey: [type] })));
    },
  });
};
