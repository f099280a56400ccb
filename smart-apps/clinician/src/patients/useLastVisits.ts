// useLastVisits: when each of a page's patients was last here: one small search for each, all in one batch.

import { useQueries } from '@tanstack/react-query';
import type { Bundle, Encounter } from 'fhir/r4';
import { pageOf, queryOf } from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { togetherOf } from '../fhir/together.ts';

/** By id of the Patient; a FHIR dateTime. Who was never here, or for whom it could not be read, is left out. */
export const useLastVisits = (ids: readonly string[]): ReadonlyMap<string, string> => {
  const { fhir } = useSession();
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['Encounter', 'last of', id],
      queryFn: async (): Promise<string | null> => {
        const query = queryOf({ patient: id, _sort: '-date', _count: 1, _elements: 'period' });
        const bundle = (await togetherOf(fhir)(`Encounter?${query}`)) as Bundle;
        return pageOf<Encounter>(bundle).items[0]?.period?.start ?? null;
      },
    })),
  });
  return new Map(
    ids.flatMap((id, place) => {
      const date = answers[place]?.data;
      return date ? [[id, date] as const] : [];
    }),
  );
};
