// Listed: a search's results in each of its states: on the way, failed, empty, or there, with the way to more of them.

import type { ReactNode } from 'react';
import { Button, Group, Stack } from '@mantine/core';
import type { FhirResource } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import type { Found } from '../fhir/hooks.ts';
import { Empty } from './Empty.tsx';
import { Failure } from './Failure.tsx';
import { Loading } from './Loading.tsx';
import type { NoticeProps } from './Notice.tsx';

export interface ListedProps<T extends FhirResource> {
  readonly found: Found<T>;
  readonly empty: Omit<NoticeProps, 'tone'>;
  readonly children: (items: readonly T[]) => ReactNode;
}

export const Listed = <T extends FhirResource>({ found, empty, children }: ListedProps<T>) => {
  const { t } = useTranslation('ui');
  const { items, isLoading, error, more, isLoadingMore, again } = found;
  if (isLoading) return <Loading />;
  if (items.length === 0 && error !== null) return <Failure error={error} again={again} />;
  // What the page does not show may fill the first pages: none is said only when the last was read.
  if (items.length === 0 && more === undefined) return <Empty {...empty} />;
  return (
    <Stack>
      {items.length === 0 ? null : children(items)}
      <Failure error={error} again={again} />
      {more === undefined ? null : (
        <Group justify="center">
          <Button variant="default" loading={isLoadingMore} onClick={more}>
            {t('states.more')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};
