// MoveVisitPage: another time for a visit: the new one is taken and the old one given up in one step, or nothing changes.

import { useState } from 'react';
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { moveVisit } from '@meridian/ui/visits/booking.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { follow, useTimesAgain, useVisitSlot } from './hooks.ts';
import { Moment } from './Moment.tsx';
import { momentFrom } from './times.ts';
import { TimesToChoose } from './TimesToChoose.tsx';

export const MoveVisitPage = ({ params: { id } }: PageProps) => {
  const { t } = useTranslation('visits');
  const { data: visit, error, refetch } = useRead<Appointment>('Appointment', id);
  const slot = useVisitSlot(visit);
  const failed = error ?? slot.error;
  if (failed !== null) return <Failure error={failed} again={() => void refetch()} />;
  if (visit === undefined || slot.data === undefined) return <Loading />;
  const schedule = slot.data?.schedule;
  return (
    <>
      <PageTitle>{t('move.title')}</PageTitle>
      <Stack>
        <div>
          <Text size="sm">{t('move.now')}</Text>
          <Moment value={visit.start ?? ''} />
        </div>
        {schedule === undefined || visit.status !== 'booked' ? (
          <Alert color="gray">{t('change.byHospital')}</Alert>
        ) : (
          <OtherTimes visit={visit} schedule={schedule} />
        )}
      </Stack>
    </>
  );
};

const OtherTimes = ({
  visit: { id = '', start = '' },
  schedule,
}: {
  readonly visit: Appointment;
  readonly schedule: string;
}) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const [day, setDay] = useState('');
  const [chosen, setChosen] = useState<Appointment>();
  const again = useTimesAgain();
  const write = useWrite(moveVisit, ['Appointment', 'Slot']);
  const isTaken = write.error !== null && ['conflict', 'missing'].includes(kindOf(write.error));
  return (
    <>
      <Group align="flex-end">
        <TextInput
          type="date"
          label={t('find.from')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button component={Link} href={`/visits/${id}`} variant="subtle">
          {t('move.keep')}
        </Button>
      </Group>
      <TimesToChoose
        asked={{ schedule }}
        from={momentFrom(day)}
        choose={(time) => {
          write.reset();
          setChosen(time);
        }}
        taking={undefined}
        refusal={isTaken ? write.error : null}
        none={<Alert color="gray" title={t('find.none')} />}
      />
      <Modal
        opened={chosen !== undefined && !isTaken}
        onClose={() => setChosen(undefined)}
        title={t('move.confirmTitle')}
        closeButtonProps={{ 'aria-label': t('move.keep') }}
      >
        <Stack>
          <Text size="sm">{t('move.from')}</Text>
          <Moment value={start} />
          <Text size="sm">{t('move.to')}</Text>
          <Moment value={chosen?.start ?? ''} />
          <Failure error={write.error} />
          <Button
            loading={write.isPending}
            onClick={() => {
              if (!write.isPending && chosen !== undefined)
                void follow(
                  write.mutateAsync({ id, to: chosen.id ?? '' }),
                  () => go(`/visits/${id}?done=moved`, { replace: true }),
                  again,
                );
            }}
          >
            {t('move.confirm')}
          </Button>
        </Stack>
      </Modal>
    </>
  );
};
