// MeasuredTogether: the values that were measured at one time.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { ResultTable } from '@meridian/ui/record/ResultTable.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Text } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { resultHref } from '../../results/href.ts';
import { dateOf } from '../dates.ts';

export const MeasuredTogether = ({ ids }: { readonly ids: string }) => {
  const { t } = useTranslation('record');
  const format = useFormat();
  const found = useSearch<Observation>('Observation', { _id: ids, _count: 50 });
  return (
    <>
      <PageTitle>{t('together.measured', { count: ids.split(',').length })}</PageTitle>
      <Listed found={found} empty={{ title: t('empty.title') }}>
        {(observations) => (
          <>
            <Text c="dimmed">
              {[format.dateTime(dateOf(observations[0]!)), observations[0]?.performer?.[0]?.display]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <ResultTable observations={observations} hrefOf={resultHref} />
          </>
        )}
      </Listed>
    </>
  );
};
