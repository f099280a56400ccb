// RecordPage: everything in the record by date, with filters, a part at a time.

import { Timeline } from '@meridian/ui/record/Timeline.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { itemOf } from './event-item.ts';
import { RecordFilters } from './RecordFilters.tsx';
import { RecordSections } from './RecordSections.tsx';
import type { Wanted } from './timeline-events.ts';
import { useRecordFilter } from './useRecordFilter.ts';
import { useTimeline } from './useTimeline.ts';
import { useWords } from './useWords.ts';

export const RecordPage = () => {
  const { t } = useTranslation('record');
  const { filter, change, wanted } = useRecordFilter();
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <RecordSections />
      <RecordFilters filter={filter} change={change} />
      <Events wanted={wanted} />
    </>
  );
};

const Events = ({ wanted }: { readonly wanted: Wanted }) => {
  const { t } = useTranslation('record');
  const words = useWords();
  const { events, isLoading, error, more, isLoadingMore, again } = useTimeline(wanted);
  if (isLoading) return <Loading />;
  return (
    <>
      {events.length === 0 && error === null ? (
        <Empty title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <Timeline items={events.map((event) => itemOf(event, words))} />
      )}
      <Failure error={error} again={again} />
      {more === undefined ? null : (
        <Center mt="md">
          <Button variant="default" loading={isLoadingMore} onClick={more}>
            {t('older')}
          </Button>
        </Center>
      )}
    </>
  );
};
