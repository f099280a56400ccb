// TimePicker: the free times of a day, by doctor; one is chosen with one touch or by keyboard.

import { useState } from 'react';
import { useSession } from '@meridian/ui/session/session.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Button, Group, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { dayOf, shiftDay } from '../day/day-list.ts';
import { InNameOf } from '../hospital/InNameOf.tsx';
import { useHospital } from '../hospital/useHospital.ts';
import { TimeFilters, type TimeFilter } from './TimeFilters.tsx';
import { findTimes, offersOf } from './times.ts';

export interface TimePickerProps {
  readonly isBusy: boolean;
  readonly onPick: (time: Appointment) => void;
}

export const TimePicker = ({ isBusy, onPick }: TimePickerProps) => {
  const { t } = useTranslation('visits');
  const { fhir } = useSession();
  const format = useFormat();
  const { organization, error: unknown } = useHospital();
  const [filter, setFilter] = useState<TimeFilter>({
    ...{ day: dayOf(new Date()), practitioner: '', mode: '' },
  });
  const found = useQuery({
    queryKey: ['Appointment', 'find', organization, filter],
    queryFn: () => findTimes(fhir, { ...filter, organization: organization! }, new Date()),
    enabled: organization !== undefined,
    staleTime: 10_000,
  });
  return (
    <Stack>
      <InNameOf />
      <TimeFilters filter={filter} onChange={setFilter} />
      <Failure error={unknown ?? found.error} again={() => void found.refetch()} />
      {found.isLoading ? <Loading /> : null}
      {found.data?.length === 0 ? (
        <Empty
          title={t('none')}
          text={t('noneText')}
          action={{
            label: t('nextDay'),
            run: () => setFilter({ ...filter, day: shiftDay(filter.day, 1) }),
          }}
        />
      ) : null}
      {offersOf(found.data ?? []).map(({ doctor, mode, times }) => (
        <section key={`${doctor} ${mode}`} aria-label={`${doctor}, ${t(`modes.${mode}`)}`}>
          <Title order={2} size="h5" mb="xs">
            {doctor} · {t(`modes.${mode}`)}
          </Title>
          <Group gap="xs">
            {times.map((time) => (
              <Button
                key={time.id}
                variant="default"
                disabled={isBusy}
                onClick={() => onPick(time)}
              >
                {format.time(time.start)}
              </Button>
            ))}
          </Group>
        </section>
      ))}
    </Stack>
  );
};
