// useWhole: a search read on until there is no more: what is not read cannot warn.

import { useEffect } from 'react';
import type { FhirResource } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';

export const useWhole = <T extends FhirResource>(found: Found<T>): Found<T> => {
  const { more, isLoadingMore, error } = found;
  useEffect(() => {
    if (more !== undefined && !isLoadingMore && error === null) more();
  }, [more, isLoadingMore, error]);
  return found;
};

/** Everything is there. */
export const isWhole = ({ isLoading, more, error }: Found<FhirResource>): boolean =>
  !isLoading && more === undefined && error === null;
