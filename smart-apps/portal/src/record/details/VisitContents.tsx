// VisitContents: what was found, measured, prescribed and written at a visit.

import { Timeline } from '@meridian/ui/record/Timeline.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { itemOf } from '../event-item.ts';
import { useWords } from '../useWords.ts';
import { useVisitContents } from './useVisitContents.ts';

export const VisitContents = ({ encounter }: { readonly encounter: string }) => {
  const { t } = useTranslation('record');
  const words = useWords();
  const { data, isLoading, error, refetch } = useVisitContents(encounter);
  if (isLoading) return <Loading />;
  return (
    <Box mb="md">
      <Failure error={error} again={() => void refetch()} />
      <Timeline items={(data?.events ?? []).map((event) => itemOf(event, words))} />
      {data?.isWhole === false ? <Text>{t('visitIsLonger')}</Text> : null}
    </Box>
  );
};
