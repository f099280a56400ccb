// BookPage: a visit for somebody at the counter: who, when, and done. The time is held while the desk asks.

import { useState } from 'react';
import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { cancelVisit, holdTime } from '@meridian/ui/visits/booking.ts';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { Button, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { PatientPicker } from '../patients/PatientPicker.tsx';
import { ConfirmVisit } from './ConfirmVisit.tsx';
import { TimePicker } from './TimePicker.tsx';

export const BookPage = ({ params: { patient: id } }: PageProps) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const { data: patient, error, isLoading } = useRead<Patient>('Patient', id);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Failure error={error} />
      {isLoading && id !== undefined ? <Loading /> : null}
      {id === undefined ? (
        <PatientPicker
          label={t('who')}
          onPick={({ id: picked = '' }) => go(`/book/${picked}`, { replace: true })}
        />
      ) : null}
      {patient === undefined ? null : <BookFor key={patient.id} patient={patient} />}
    </>
  );
};

const BookFor = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('visits');
  const { fhir } = useSession();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [held, setHeld] = useState<Appointment>();
  const holding = useWrite(holdTime, ['Appointment']);
  const readAgain = () => {
    holding.reset();
    void queries.invalidateQueries({ queryKey: ['Appointment', 'find'] });
  };
  return (
    <Stack>
      <PatientBanner
        patient={patient}
        actions={
          <Button variant="default" size="xs" onClick={() => go('/book')}>
            {t('otherPerson')}
          </Button>
        }
      />
      <Failure error={holding.error} conflictText={t('taken')} again={readAgain} />
      {held === undefined ? (
        <TimePicker
          isBusy={holding.isPending}
          onPick={({ id = '' }) =>
            holding.mutate({ id, patient: patient.id ?? '' }, { onSuccess: setHeld })
          }
        />
      ) : (
        <ConfirmVisit
          held={held}
          patient={patient}
          onBack={() => {
            // It ends by itself when this does not arrive.
            void cancelVisit(fhir, { id: held.id ?? '' })
              .catch(() => undefined)
              .then(readAgain);
            setHeld(undefined);
          }}
        />
      )}
    </Stack>
  );
};
