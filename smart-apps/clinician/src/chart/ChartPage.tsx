// ChartPage: the record of a patient on one screen. All panels ask in the same moment, and so in one batch.

import { Fragment, useEffect } from 'react';
import type { Patient } from 'fhir/r4';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useReadTogether } from '../fhir/useTogether.ts';
import { rememberPatient } from '../patients/recent.ts';
import { ChartHead } from './ChartHead.tsx';
import { ChartPanels } from './ChartPanels.tsx';
import { NotOpen } from './NotOpen.tsx';

export const ChartPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('chart');
  const { data, error, refetch } = useReadTogether<Patient>('Patient', id);
  const isOpen = data !== undefined;
  useEffect(() => {
    if (isOpen) rememberPatient(id);
  }, [id, isOpen]);
  if (error !== null && kindOf(error) === 'missing') return <NotOpen />;
  // All was asked in one batch: what failed as a whole is said once.
  const failure = <Failure error={error} again={() => void refetch()} />;
  if (data === undefined && error !== null)
    return (
      <>
        <PageTitle>{t('title')}</PageTitle>
        {failure}
      </>
    );
  return (
    // Another patient is another chart: nothing begun or chosen in one is carried into the other.
    <Fragment key={id}>
      <ChartHead id={id} patient={data} />
      {failure}
      <ChartPanels patient={id} />
    </Fragment>
  );
};
