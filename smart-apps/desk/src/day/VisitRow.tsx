// VisitRow: one visit of the day: when, who, with whom, where it stands, and what the desk can do.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { cancelVisit } from '@meridian/ui/visits/booking.ts';
import { changeVisit } from '@meridian/ui/visits/change-visit.ts';
import { stateOf, type VisitState } from '@meridian/ui/visits/states.ts';
import { actorOf, modeOf } from '@meridian/ui/visits/visit.ts';
import { useRef } from 'react';
import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { usePlaceNames } from '../hospital/useHospital.ts';
import { PersonLine } from '../patients/PersonLine.tsx';
import type { Clock } from './day-list.ts';
import { VisitActions } from './VisitActions.tsx';

export interface VisitRowProps {
  readonly visit: Appointment;
  readonly patients: ReadonlyMap<string, Patient>;
  readonly clock: Clock;
  readonly onReadAgain: () => void;
}

export const VisitRow = ({ visit, patients, clock, onReadAgain }: VisitRowProps) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const changing = useWrite(changeVisit, ['Appointment', 'Slot']);
  const cancelling = useWrite(cancelVisit, ['Appointment', 'Slot']);
  const row = useRef<HTMLLIElement>(null);
  // The button is gone: whoever works by keyboard goes on from here.
  const goOnHere = { onSuccess: () => row.current?.focus({ preventScroll: true }) };
  const error = changing.error ?? cancelling.error;
  const state = stateOf(visit);
  const who = actorOf(visit, 'Patient');
  const patient = patients.get(who?.reference ?? '');
  const [doctor, place] = [actorOf(visit, 'Practitioner'), actorOf(visit, 'Location')];
  const name = patient ? format.name(patient.name) : (who?.display ?? t('unknownPatient'));
  const places = usePlaceNames();
  const where = [doctor?.display, place?.display ?? places.get(place?.reference ?? '')]
    .filter(Boolean)
    .join(' · ');
  return (
    <Paper component="li" ref={row} tabIndex={-1} withBorder p="sm">
      <Group justify="space-between" gap="sm" align="flex-start">
        <Group gap="md" align="flex-start" wrap="nowrap" miw={0}>
          <Text fw={700} miw="5.5rem">
            {format.time(visit.start, clock.timeZone)}
          </Text>
          <Box miw={0}>
            {patient ? <PersonLine patient={patient} /> : <Text fw={600}>{name}</Text>}
            <Text size="sm" c="dimmed">
              {[where, modeOf(visit) === 'video' ? t('video') : ''].filter(Boolean).join(' · ')}
            </Text>
            {visit.comment === undefined ? null : <Text size="sm">{visit.comment}</Text>}
          </Box>
        </Group>
        <Group gap="xs">
          <div role="status">
            <Badge color={colours[state]} variant="light">
              {t(`standing.${state}`)}
            </Badge>
          </div>
          <VisitActions
            visit={visit}
            name={name}
            patient={patient}
            clock={clock}
            isBusy={changing.isPending || cancelling.isPending}
            onChange={(change) => changing.mutate({ visit, change }, goOnHere)}
            onCancel={(reason) => cancelling.mutate({ id: visit.id ?? '', reason }, goOnHere)}
          />
        </Group>
      </Group>
      <Stack gap={0} mt={error === null ? 0 : 'xs'}>
        <Failure
          error={error}
          conflictText={t('conflict')}
          again={() => {
            changing.reset();
            cancelling.reset();
            onReadAgain();
          }}
        />
      </Stack>
    </Paper>
  );
};

const colours: Readonly<Record<VisitState, string>> = {
  ...{ held: 'yellow', booked: 'blue', arrived: 'green', done: 'gray' },
  ...{ 'no-show': 'red', cancelled: 'gray', other: 'gray' },
};
