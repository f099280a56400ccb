// Part: what a search of the first page found, in each of its states, in a line where there is nothing.

import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Skeleton, Text } from '@mantine/core';
import type { FhirResource } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface PartProps<T extends FhirResource> {
  readonly found: Found<T>;
  readonly none: string;
  readonly children: (items: readonly T[]) => ReactNode;
}

export const Part = <T extends FhirResource>({ found, none, children }: PartProps<T>) => {
  const { t } = useTranslation('ui');
  const { items, isLoading, error, again } = found;
  if (isLoading)
    return (
      <div role="status" aria-label={t('states.loading')}>
        <Skeleton h={72} />
      </div>
    );
  if (items.length > 0) return children(items);
  return error === null ? <Text>{none}</Text> : <Failure error={error} again={again} />;
};
