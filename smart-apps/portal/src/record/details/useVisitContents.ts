// useVisitContents: the first twenty of each type that name a visit as theirs.

import { search } from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { useQuery } from '@tanstack/react-query';
import type { FhirResource } from 'fhir/r4';
import { sources, type EventType } from '../kinds.ts';
import { eventOf, gather } from '../timeline-events.ts';
import { refusedIsEmpty } from '../useTimeline.ts';

/** Those that can be searched by their visit. */
const types = [
  ...(['Condition', 'DiagnosticReport', 'Observation', 'MedicationRequest'] as const),
  ...(['Procedure', 'DocumentReference'] as const),
] satisfies readonly EventType[];

export const useVisitContents = (encounter: string) => {
  const { fhir } = useSession();
  return useQuery({
    queryKey: ['VisitContents', encounter],
    queryFn: async () => {
      const pages = await Promise.all(
        types.map((type) =>
          search<FhirResource>(fhir, type, {
            ...sources.find((source) => source.type === type)?.parameters,
            ...{ encounter: `Encounter/${encounter}`, _count: 20 },
          }).catch(refusedIsEmpty),
        ),
      );
      const events = pages.flatMap(({ items }, at) =>
        items.map((resource) => eventOf(types[at]!, resource)),
      );
      return { events: gather(events), isWhole: pages.every(({ next }) => next === undefined) };
    },
  });
};
