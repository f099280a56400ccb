// ChartPage: the record of a patient on one screen. All panels ask in the same moment, and so in one batch.

import { useEffect } from 'react';
import type { Patient } from 'fhir/r4';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useReadTogether } from '../fhir/useTogether.ts';
import { rememberPatient } from '../patients/recent.ts';
import { ChartHead } from './ChartHead.tsx';
import { ChartPanels } from './ChartPanels.tsx';
import { NotOpen } from './NotOpen.tsx';

export const ChartPage = ({ params: { id = '' } }: PageProps) => {
  const { data, error, refetch } = useReadTogether<Patient>('Patient', id);
  const isOpen = data !== undefined;
  useEffect(() => {
    if (isOpen) rememberPatient(id);
  }, [id, isOpen]);
  if (error !== null && kindOf(error) === 'missing') return <NotOpen />;
  return (
    <>
      <ChartHead id={id} patient={data} />
      <Failure error={error} again={() => void refetch()} />
      {/* Another patient is another chart: nothing chosen in one is carried into the other. */}
      <ChartPanels key={id} patient={id} />
    </>
  );
};
