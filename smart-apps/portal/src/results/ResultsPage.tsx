// ResultsPage: the latest result of each test, and the way to how it went over time.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { latestOfEach } from './latest.ts';
import { ResultCard } from './ResultCard.tsx';
import { onlyValid } from './valid.ts';

const categories = ['laboratory', 'vital-signs'] as const;
type Category = (typeof categories)[number];

export const ResultsPage = () => {
  const { t } = useTranslation('results');
  const [query, setQuery] = useSearchParams();
  const category = categories.find((each) => each === query.get('category')) ?? 'laboratory';
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <SegmentedControl
        fullWidth
        mb="md"
        aria-label={t('which')}
        value={category}
        onChange={(value) => setQuery({ category: value }, { replace: true })}
        data={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
      />
      <Latest key={category} category={category} />
    </>
  );
};

const Latest = ({ category }: { readonly category: Category }) => {
  const { t } = useTranslation('results');
  const { patient } = useSession();
  const found = useSearch<Observation>('Observation', {
    ...{ patient, category, _sort: '-date', _count: 50 },
    ...onlyValid,
    _elements:
      'code,effective,issued,value,dataAbsentReason,component,interpretation,referenceRange,performer',
  });
  return (
    <Listed found={found} empty={{ title: t('none.title'), text: t('none.text') }}>
      {(observations) => (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {latestOfEach(observations).map(({ latest, count }) => (
            <ResultCard key={latest.id} observation={latest} count={count} />
          ))}
          {found.more === undefined ? null : (
            <Text component="li" size="sm" c="dimmed" ta="center">
              {t('older')}
            </Text>
          )}
        </Stack>
      )}
    </Listed>
  );
};
