// Belonging: what belongs to the thing a page shows: the results of a report, the trend of a value, what was done at a visit.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { ResultTable } from '@meridian/ui/record/ResultTable.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Anchor, Box, Title } from '@mantine/core';
import type { DiagnosticReport, FhirResource, Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { resultHref } from '../../results/test-key.ts';
import { VisitContents } from './VisitContents.tsx';

export const Belonging = ({ resource }: { readonly resource: FhirResource }) => {
  switch (resource.resourceType) {
    case 'DiagnosticReport':
      return <ReportResults report={resource} />;
    case 'Observation':
      return <ToTrend observation={resource} />;
    case 'Encounter':
      return <VisitContents encounter={resource.id ?? ''} />;
    default:
      return null;
  }
};

const ReportResults = ({ report }: { readonly report: DiagnosticReport }) => {
  const { t } = useTranslation('record');
  const ids = (report.result ?? [])
    .flatMap(({ reference }) => reference?.match(/^Observation\/([A-Za-z0-9.-]{1,64})$/)?.[1] ?? [])
    .join(',');
  const found = useSearch<Observation>(
    'Observation',
    ids === '' ? undefined : { _id: ids, _count: 50 },
  );
  if (ids === '') return null;
  return (
    <Box component="section" mb="md">
      <Title order={2} size="h5">
        {t('label.results')}
      </Title>
      <Listed found={found} empty={{ title: t('empty.title') }}>
        {(observations) => <ResultTable observations={observations} hrefOf={resultHref} />}
      </Listed>
    </Box>
  );
};

const ToTrend = ({ observation }: { readonly observation: Observation }) => {
  const { t } = useTranslation('record');
  const href = resultHref(observation);
  if (!href.startsWith('/results/')) return null;
  return (
    <Anchor component={Link} href={href}>
      {t('toTrend')}
    </Anchor>
  );
};
