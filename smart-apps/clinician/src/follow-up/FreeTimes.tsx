// FreeTimes: the free times of a week by day; each is a button that says when, with whom and how.

import { Button, Group, Title } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import type { Appointment } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { byDay } from '@meridian/ui/visits/free-times.ts';
import { doctorOf, modeOf } from '@meridian/ui/visits/visit.ts';
import { useTranslation } from 'react-i18next';

export interface FreeTimesProps {
  readonly times: readonly Appointment[];
  readonly isBusy: boolean;
  readonly pick: (time: Appointment) => void;
}

export const FreeTimes = ({ times, isBusy, pick }: FreeTimesProps) => {
  const { t } = useTranslation('follow-up');
  const format = useFormat();
  return byDay(times).map(({ start, times: offered }) => (
    <section key={start} aria-label={format.day(start, offsetOf(start))}>
      <Title order={2} size="h5" mb="xs">
        {format.day(start, offsetOf(start))}
      </Title>
      <Group gap="xs">
        {offered.map((time) => {
          const when = format.time(time.start, offsetOf(start));
          const isVideo = modeOf(time) === 'video';
          const mode = t(isVideo ? 'video' : 'inPerson');
          return (
            <Button
              key={time.id}
              variant="default"
              disabled={isBusy}
              aria-label={t('timeOf', { when, doctor: doctorOf(time), mode })}
              leftSection={isVideo ? <IconVideo size={16} aria-hidden /> : null}
              onClick={() => pick(time)}
            >
              {when}
            </Button>
          );
        })}
      </Group>
    </section>
  ));
};
