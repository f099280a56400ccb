// ResultPage: one test: what it is for, how it went over time, and each of its results.

import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { ResultTable } from '@meridian/ui/record/ResultTable.tsx';
import { TrendPlot } from '@meridian/ui/record/TrendPlot.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Alert, Stack, Text, Title } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { BackLink } from '../record/details/BackLink.tsx';
import { loinc } from './href.ts';
import { useTestName } from './useTestName.ts';
import { onlyValid } from './valid.ts';

export const ResultPage = ({ params: { code = '' } }: PageProps) => {
  const { t } = useTranslation('results');
  const { patient } = useSession();
  const [query] = useSearchParams();
  const system = query.get('system') ?? loinc;
  const found = useSearch<Observation>('Observation', {
    ...{ patient, code: `${system}|${code}`, _sort: '-date', _count: 20 },
    ...onlyValid,
  });
  const { plain, name, about } = useTestName(found.items[0]);
  return (
    <>
      <BackLink to="/results" label={t('back')} />
      <PageTitle>{plain ?? (name || t('title'))}</PageTitle>
      <Listed found={found} empty={{ title: t('none.title') }}>
        {(observations) => (
          <Stack>
            <Text c="dimmed" component="div">
              <CodedValue concept={observations[0]?.code} />
            </Text>
            {about === undefined ? null : <Text>{about}</Text>}
            {observations.length > 1 ? (
              <TrendPlot observations={observations} name={plain} />
            ) : null}
            <section>
              <Title order={2} size="h5" mb="xs">
                {t('all')}
              </Title>
              <ResultTable
                observations={observations}
                hrefOf={({ id = '' }) => `/record/Observation/${id}`}
              />
            </section>
            <Alert color="gray">{t('notADiagnosis')}</Alert>
          </Stack>
        )}
      </Listed>
    </>
  );
};
