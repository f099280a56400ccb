// MovePage: the same visit at another time; the old time is free in the same moment.

import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { moveVisit } from '@meridian/ui/visits/booking.ts';
import { actorOf, doctorOf, idOf } from '@meridian/ui/visits/visit.ts';
import { Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useHospitalTimeZone } from '../hospital/useHospital.ts';
import { TimePicker } from './TimePicker.tsx';

export const MovePage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { data: visit, error, isLoading } = useRead<Appointment>('Appointment', id);
  const { data: patient } = useRead<Patient>(
    'Patient',
    visit && idOf(actorOf(visit, 'Patient')?.reference),
  );
  const timeZone = useHospitalTimeZone();
  const moving = useWrite(moveVisit, ['Appointment', 'Slot']);
  return (
    <>
      <PageTitle>{t('move')}</PageTitle>
      <Stack>
        {isLoading ? <Loading /> : null}
        <Failure error={error} />
        {patient === undefined ? null : <PatientBanner patient={patient} />}
        {visit === undefined ? null : (
          <Paper withBorder p="md">
            <Text>
              {t('now', {
                when: `${format.day(visit.start, timeZone)}, ${format.time(visit.start, timeZone)}`,
              })}{' '}
              · {doctorOf(visit)}
            </Text>
          </Paper>
        )}
        <Failure
          error={moving.error}
          conflictText={t('taken')}
          again={() => {
            moving.reset();
            void queries.invalidateQueries({ queryKey: ['Appointment'] });
          }}
        />
        <Text>{t('moveHow')}</Text>
        <TimePicker
          isBusy={moving.isPending || visit === undefined}
          onPick={({ id: to = '' }) => moving.mutate({ id, to }, { onSuccess: () => go('/') })}
        />
      </Stack>
    </>
  );
};
