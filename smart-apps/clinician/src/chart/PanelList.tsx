// PanelList: the results of a search inside a panel, small: each state in one line, and the way to more.

import type { ReactNode } from 'react';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { FhirResource } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';

export interface PanelListProps<T extends FhirResource> {
  readonly found: Found<T>;
  /** Said where there is nothing. */
  readonly empty: string;
  readonly children: (items: readonly T[]) => ReactNode;
}

export const PanelList = <T extends FhirResource>({
  found,
  empty,
  children,
}: PanelListProps<T>) => {
  const { t } = useTranslation('ui');
  const { items, isLoading, error, more, isLoadingMore, again } = found;
  if (isLoading)
    return (
      <Stack gap="xs" role="status" aria-label={t('states.loading')}>
        <Skeleton height={14} />
        <Skeleton height={14} width="70%" />
      </Stack>
    );
  if (items.length === 0 && error !== null) return <Failure error={error} again={again} />;
  // What the panel does not show may fill the first pages: none is said only when the last was read.
  if (items.length === 0 && more === undefined)
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  return (
    <Stack gap="xs">
      {items.length === 0 ? null : children(items)}
      {isOfAll(error) ? null : <Failure error={error} again={again} />}
      {more === undefined ? null : (
        <Button size="compact-sm" variant="subtle" loading={isLoadingMore} onClick={more}>
          {t('states.more')}
        </Button>
      )}
    </Stack>
  );
};

/** What holds for the whole chart is said above it, and not once more in each of its panels. */
const isOfAll = (error: unknown): boolean => ['network', 'expired', 'busy'].includes(kindOf(error));
