// Rows: a list that is one part of a page among others: where it is empty a line is enough.

import { Text } from '@mantine/core';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import type { FhirResource } from 'fhir/r4';
import type { ReactNode } from 'react';

export interface RowsProps<T extends FhirResource> {
  readonly found: Found<T>;
  readonly none: string;
  readonly children: (items: readonly T[]) => ReactNode;
}

export const Rows = <T extends FhirResource>({ found, none, children }: RowsProps<T>) =>
  found.items.length === 0 && !found.isLoading && found.error === null && !found.more ? (
    <Text role="status">{none}</Text>
  ) : (
    <Listed found={found} empty={{ title: none }}>
      {children}
    </Listed>
  );
