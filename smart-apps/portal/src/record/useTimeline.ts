// useTimeline: the record of all types by date, a part at a time. What the person's access leaves out is left out here too.

import { kindOf as failureKindOf } from '@meridian/ui/fhir/failure.ts';
import { readPage, search, type Page } from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { FhirResource } from 'fhir/r4';
import { sources } from './kinds.ts';
import { beginStreams, takeNewest, type LoadPage } from './merge-pages.ts';
import { eventsOf, gather, parametersOf, type Event, type Wanted } from './timeline-events.ts';

const step = 15;

export const useTimeline = (wanted: Wanted) => {
  const { fhir, patient = '' } = useSession();
  const load: LoadPage<Event> = async (name, address) => {
    const source = sources.find(({ type }) => type === name)!;
    const page = await (
      address === undefined
        ? search<FhirResource>(fhir, source.type, parametersOf(source, patient, wanted))
        : readPage<FhirResource>(fhir, address)
    ).catch(refusedIsEmpty);
    return eventsOf(source, page);
  };
  const names = sources
    .filter(({ kind }) => wanted.kind === undefined || kind === wanted.kind)
    .map(({ type }) => type);
  const query = useInfiniteQuery({
    queryKey: ['Timeline', patient, wanted],
    queryFn: ({ pageParam }) => takeNewest(pageParam, load, step),
    initialPageParam: beginStreams<Event>(names),
    getNextPageParam: ({ rest }) => rest,
  });
  return {
    events: gather(query.data?.pages.flatMap(({ items }) => items) ?? []),
    isLoading: query.isLoading,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isLoadingMore: query.isFetchingNextPage,
    again: () => void query.refetch(),
  };
};

/** What the person's access leaves out is not there for the person. */
export const refusedIsEmpty = (error: unknown): Page<FhirResource> => {
  if (failureKindOf(error) !== 'refused') throw error;
  return { items: [], included: [], total: 0, next: undefined };
};
