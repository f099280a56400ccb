// MovePage: the same visit at another time; the old time is free in the same moment.

import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { actorOf } from '../day/day-list.ts';
import { TimePicker } from './TimePicker.tsx';
import { doctorOf, moveVisit } from './times.ts';

export const MovePage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { data: visit, error, isLoading } = useRead<Appointment>('Appointment', id);
  const { data: patient } = useRead<Patient>('Patient', idOf(visit));
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
              {t('now', { when: `${format.day(visit.start)}, ${format.time(visit.start)}` })} ·{' '}
              {doctorOf(visit)}
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
          onPick={(to) => moving.mutate({ id, to }, { onSuccess: () => go('/') })}
        />
      </Stack>
    </>
  );
};

const idOf = (visit: Appointment | undefined): string | undefined =>
  visit && actorOf(visit, 'Patient')?.reference?.split('/').at(-1);
