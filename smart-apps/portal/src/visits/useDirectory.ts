// useDirectory: what can be chosen from, and the question for free times that follows from what is wanted.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import type { HealthcareService, Location } from 'fhir/r4';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { TimesWanted } from '@meridian/ui/visits/free-times.ts';
import { usePrices } from './hooks.ts';
import { choicesOf, fitting, nothingWanted, type Choices, type Wanted } from './wanted.ts';

/** Kept while one looks around, and for the waiting list. */
export const useWanted = () => {
  const { patient = '' } = useSession();
  return useDraft<Wanted>(`visit-wanted-${patient}`, nothingWanted);
};

export interface Directory {
  /** What fits. */
  readonly services: readonly HealthcareService[];
  readonly choices: Choices;
  /** undefined while it is being looked up. */
  readonly asked: TimesWanted | undefined;
  /** Nothing offered anywhere fits. */
  readonly isEmpty: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

/** More than these are never listed: specialty and place narrow them at the server. */
const most = 100;

export const useDirectory = (wanted: Wanted): Directory => {
  const elements = 'specialty,communication,location,name';
  const all = useSearch<HealthcareService>('HealthcareService', {
    ...{ active: 'true', _elements: elements, _count: most },
  });
  const narrowed = useSearch<HealthcareService>('HealthcareService', {
    ...{ active: 'true', _elements: elements, _count: most },
    specialty: wanted.specialty || undefined,
    'location.address-city': wanted.city || undefined,
  });
  const places = useSearch<Location>('Location', {
    ...{ status: 'active', _elements: 'address,name', _count: most },
  });
  const isFree = wanted.most.trim() === '';
  const ids = isFree ? [] : narrowed.items.map(({ id = '' }) => id);
  const prices = usePrices(ids);
  const priceOf = (service: string): number | undefined => prices(service)?.value;
  const found = fitting(narrowed.items, wanted, { places: places.items, priceOf });
  const isReady = !narrowed.isLoading && !places.isLoading && (isFree || ids.every(priceOf));
  const isAnything = wanted.specialty === '' && wanted.language === '' && wanted.city === '';
  return {
    services: isReady ? found : [],
    choices: choicesOf(all.items, places.items),
    asked: !isReady
      ? undefined
      : {
          ...{ mode: wanted.mode },
          ...(isAnything && isFree ? {} : { actors: found.map(referenceOf) }),
        },
    isEmpty: isReady && narrowed.error === null && found.length === 0,
    error: narrowed.error ?? places.error,
    again: () => {
      narrowed.again();
      places.again();
    },
  };
};

const referenceOf = ({ id = '' }: HealthcareService): string => `HealthcareService/${id}`;
