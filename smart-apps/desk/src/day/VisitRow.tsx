// VisitRow: one visit of the day: when, who, with whom, where it stands, and what the desk can do.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useRef } from 'react';
import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { usePlaceNames } from '../hospital/useHospital.ts';
import { PersonLine } from '../patients/PersonLine.tsx';
import { actorOf, isByVideo } from './day-list.ts';
import { change } from './change.ts';
import { VisitActions } from './VisitActions.tsx';

export interface VisitRowProps {
  readonly visit: Appointment;
  readonly patients: ReadonlyMap<string, Patient>;
  readonly now: number;
  readonly onReadAgain: () => void;
}

export const VisitRow = ({ visit, patients, now, onReadAgain }: VisitRowProps) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const changing = useWrite(change, ['Appointment', 'Slot']);
  const row = useRef<HTMLLIElement>(null);
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
            {format.time(visit.start)}
          </Text>
          <Box miw={0}>
            {patient ? <PersonLine patient={patient} /> : <Text fw={600}>{name}</Text>}
            <Text size="sm" c="dimmed">
              {[where, isByVideo(visit) ? t('video') : ''].filter(Boolean).join(' · ')}
            </Text>
            {visit.comment === undefined ? null : <Text size="sm">{visit.comment}</Text>}
          </Box>
        </Group>
        <Group gap="xs">
          <div role="status">
            <Badge color={colours[visit.status] ?? 'gray'} variant="light">
              {t(`status.${visit.status}`)}
            </Badge>
          </div>
          <VisitActions
            visit={visit}
            name={name}
            patient={patient}
            now={now}
            isBusy={changing.isPending}
            onChange={(action) =>
              changing.mutate(
                { visit, action },
                // The button is gone: whoever works by keyboard goes on from here.
                { onSuccess: () => row.current?.focus({ preventScroll: true }) },
              )
            }
          />
        </Group>
      </Group>
      <Stack gap={0} mt={changing.error ? 'xs' : 0}>
        <Failure
          error={changing.error}
          conflictText={t('conflict')}
          again={() => {
            changing.reset();
            onReadAgain();
          }}
        />
      </Stack>
    </Paper>
  );
};

const colours: Readonly<Record<string, string>> = {
  ...{ booked: 'blue', pending: 'yellow', arrived: 'green', 'checked-in': 'green' },
  ...{ fulfilled: 'gray', noshow: 'red', cancelled: 'gray' },
};
