// Belonging: what belongs to the thing a page shows: the results of a report, the trend of a value, what was done at a visit.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { ResultTable } from '@meridian/ui/record/ResultTable.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Anchor, Box, Title } from '@mantine/core';
import type { DiagnosticReport, FhirResource, Observation } from 'fhir/r4';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { resultHref } from '../../results/href.ts';
import { VisitContents } from './VisitContents.tsx';

/** Most pages need none. */
const DocumentViewer = lazy(async () => ({
  default: (await import('@meridian/ui/document/DocumentViewer.tsx')).DocumentViewer,
}));

export const Belonging = ({ resource }: { readonly resource: FhirResource }) => {
  switch (resource.resourceType) {
    case 'DiagnosticReport':
      return (
        <>
          <ReportResults report={resource} />
          <ReportPapers report={resource} />
        </>
      );
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

/** The report as the laboratory has written it. */
const ReportPapers = ({ report }: { readonly report: DiagnosticReport }) => (
  <Suspense fallback={<Loading />}>
    {(report.presentedForm ?? []).map((attachment, at) => (
      <DocumentViewer
        key={attachment.hash ?? attachment.url ?? at}
        documentReference={{
          ...{ resourceType: 'DocumentReference', status: 'current' },
          ...{ type: report.code, content: [{ attachment }] },
        }}
      />
    ))}
  </Suspense>
);

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
