// useHealthCards: cards of one kind, signed when they are first looked at, and kept while the app is open.

import { useQuery } from '@tanstack/react-query';
import type { Immunization, Observation, Parameters } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { search } from '@meridian/ui/fhir/search.ts';
import { formatConcept } from '@meridian/ui/format/coded.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import {
  cardsIn,
  linksIn,
  readCard,
  type CardContent,
  type CardKind,
  type CardLink,
} from './health-card.ts';

export interface HealthCard {
  readonly jws: string;
  readonly content: CardContent;
  /** What the record calls the resource at a place of the card; '' where it does not say. */
  readonly wordOf: (place: number) => string;
}

export const useHealthCards = (kind: CardKind) => {
  const { fhir, patient = '' } = useSession();
  return useQuery({
    queryKey: ['HealthCard', patient, kind],
    queryFn: async (): Promise<readonly HealthCard[]> => {
      const answer = await operate<Parameters>(fhir, `Patient/${patient}/$health-cards-issue`, [
        { name: 'credentialType', valueUri: kind },
      ]);
      const words = await wordsFor(fhir, kind, linksIn(answer));
      return Promise.all(
        cardsIn(answer).map(async (jws, card) => ({
          jws,
          content: await readCard(jws),
          wordOf: (place) => words.get(`${String(card)}/${String(place)}`) ?? '',
        })),
      );
    },
    // A card does not age by being looked at again.
    staleTime: 86_400_000,
  });
};

/** By card and place. */
const wordsFor = async (
  fhir: Fhir,
  kind: CardKind,
  links: readonly CardLink[],
): Promise<ReadonlyMap<string, string>> => {
  const asked = links.filter(({ place }) => place > 0).slice(0, mostNamed);
  if (kind === 'Patient' || asked.length === 0) return new Map();
  const { items } = await search<Immunization | Observation>(fhir, kind, {
    _id: [...new Set(asked.map(({ id }) => id))].join(','),
    ...{ _elements: kind === 'Immunization' ? 'vaccineCode' : 'code', _count: mostNamed },
  });
  const names = new Map(
    items.map((item) => [
      item.id,
      formatConcept(item.resourceType === 'Immunization' ? item.vaccineCode : item.code),
    ]),
  );
  return new Map(
    asked.map(({ card, place, id }) => [`${String(card)}/${String(place)}`, names.get(id) ?? '']),
  );
};

const mostNamed = 200;
