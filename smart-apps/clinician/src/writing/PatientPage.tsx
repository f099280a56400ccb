// PatientPage: what stands above every page of work for one patient: its title, whose record it is, what warns, and the way back.

import type { ReactNode } from 'react';
import { Anchor } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AllergyFlags } from '../chart/AllergyFlags.tsx';
import { NotOpen } from '../chart/NotOpen.tsx';
import { OwnVisit } from './OwnVisit.tsx';

export interface PatientPageProps {
  /** Logical id. */
  readonly patient: string;
  readonly title: string;
  /** Once it is known whose record it is, and that the visit the address names, if any, is of the same patient. */
  readonly children: (patient: Patient) => ReactNode;
}

export const PatientPage = ({ patient: id, title, children }: PatientPageProps) => {
  const { t } = useTranslation('writing');
  const { data, error, refetch } = useRead<Patient>('Patient', id);
  if (error !== null && kindOf(error) === 'missing') return <NotOpen />;
  return (
    <>
      <div data-print="hide">
        <PageTitle>{title}</PageTitle>
        <Anchor component={Link} href={`/patients/${id}`} mb="sm" display="inline-block">
          {t('toChart')}
        </Anchor>
      </div>
      <Failure error={error} again={() => void refetch()} />
      {data === undefined ? null : (
        <>
          <div data-print="hide">
            <PatientBanner patient={data} />
            <AllergyFlags patient={id} />
          </div>
          <OwnVisit patient={id}>{children(data)}</OwnVisit>
        </>
      )}
    </>
  );
};
