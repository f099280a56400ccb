// useKnown: what prescribing has to know of a patient. Everything is asked for, page by page: what is not read cannot warn.

import { useEffect } from 'react';
import type { AllergyIntolerance, FhirResource, MedicationRequest } from 'fhir/r4';
import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { warningsOf } from '../chart/allergy.ts';

export interface Known {
  /** Those that stand. */
  readonly allergies: readonly AllergyIntolerance[];
  readonly requests: readonly MedicationRequest[];
  readonly found: Found<MedicationRequest>;
  readonly error: unknown;
  /** Everything was read. */
  readonly isWhole: boolean;
  readonly again: () => void;
}

export const useKnown = (patient: string): Known => {
  const allergies = useWhole(
    useSearch<AllergyIntolerance>('AllergyIntolerance', { patient, _count: 100 }),
  );
  const requests = useWhole(
    useSearch<MedicationRequest>('MedicationRequest', {
      ...{ patient, status: 'active,on-hold', _sort: '-authoredon', _count: 50 },
    }),
  );
  return {
    allergies: warningsOf(allergies.items).allergies,
    ...{ requests: requests.items, found: requests, error: allergies.error ?? requests.error },
    isWhole: [allergies, requests].every(isRead),
    again: () => {
      allergies.again();
      requests.again();
    },
  };
};

/** Reads on until there is no more. */
const useWhole = <T extends FhirResource>(found: Found<T>): Found<T> => {
  const { more, isLoadingMore, error } = found;
  useEffect(() => {
    if (more !== undefined && !isLoadingMore && error === null) more();
  }, [more, isLoadingMore, error]);
  return found;
};

const isRead = ({ isLoading, more, error }: Found<FhirResource>): boolean =>
  !isLoading && more === undefined && error === null;
