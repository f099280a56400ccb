// TimePicker: the free times of a day, by doctor; one is chosen with one touch or by keyboard.

import { useState } from 'react';
import { useSession } from '@meridian/ui/session/session.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { dayAt, plusDays } from '@meridian/ui/time/day.ts';
import { useNow } from '@meridian/ui/time/useNow.ts';
import { Button, Group, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { InNameOf } from '../hospital/InNameOf.tsx';
import { useHospital, useHospitalTimeZone } from '../hospital/useHospital.ts';
import { TimeFilters } from './TimeFilters.tsx';
import { findDay, offersOf, type TimeFilter } from './times.ts';

export interface TimePickerProps {
  readonly isBusy: boolean;
  readonly onPick: (time: Appointment) => void;
}

/** Without a day it is today. */
type Chosen = Omit<TimeFilter, 'day'> & Partial<Pick<TimeFilter, 'day'>>;

export const TimePicker = ({ isBusy, onPick }: TimePickerProps) => {
  const { t } = useTranslation('visits');
  const { fhir } = useSession();
  const format = useFormat();
  const { organization, error: unknown } = useHospital();
  const timeZone = useHospitalTimeZone();
  const today = dayAt(useNow(60), timeZone);
  const [chosen, setFilter] = useState<Chosen>({ practitioner: '', mode: '' });
  const filter: TimeFilter = { day: today, ...chosen };
  const found = useQuery({
    queryKey: ['Appointment', 'find', organization, filter, timeZone],
    queryFn: () => findDay(fhir, { ...filter, timeZone, organization: organization! }, Date.now()),
    enabled: organization !== undefined,
    staleTime: 10_000,
  });
  return (
    <Stack>
      <InNameOf />
      <TimeFilters filter={filter} today={today} onChange={setFilter} />
      <Failure error={unknown ?? found.error} again={() => void found.refetch()} />
      {found.isLoading ? <Loading /> : null}
      {found.data?.length === 0 ? (
        <Empty
          title={t('none')}
          text={t('noneText')}
          action={{
            label: t('nextDay'),
            run: () => setFilter({ ...filter, day: plusDays(filter.day, 1) }),
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
                {format.time(time.start, timeZone)}
              </Button>
            ))}
          </Group>
        </section>
      ))}
    </Stack>
  );
};
