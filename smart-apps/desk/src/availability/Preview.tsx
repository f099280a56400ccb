// Preview: what comes of the rules: the times of a week while one types, and the times that can be booked as it is saved.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { byDay, findAllTimes } from '@meridian/ui/visits/free-times.ts';
import { Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AvailabilityForm } from './form.ts';
import { weekOf } from './times.ts';

export interface PreviewProps {
  readonly form: AvailabilityForm;
  /** Logical id; undefined for one that is not saved yet. */
  readonly schedule: string | undefined;
  readonly isChanged: boolean;
}

export const Preview = ({ form, schedule, isChanged }: PreviewProps) => {
  const { t } = useTranslation('availability');
  const week = weekOf(form);
  return (
    <Stack>
      <Paper withBorder p="md" component="section">
        <Title order={2} size="h4" mb="xs">
          {t('week')}
        </Title>
        <Stack gap="xs" aria-live="polite">
          {week.length === 0 ? <Text>{t('noWeek')}</Text> : null}
          {week.map(({ day, times }) => (
            <div key={day}>
              <Text fw={600}>
                {t(`days.${day}`)} ·{' '}
                {t('visits', { count: times.length * Number(form.capacity) || 0 })}
              </Text>
              <Text size="sm">{times.join(' · ')}</Text>
            </div>
          ))}
        </Stack>
      </Paper>
      {schedule === undefined ? null : <Bookable schedule={schedule} isChanged={isChanged} />}
    </Stack>
  );
};

interface BookableProps {
  readonly schedule: string;
  readonly isChanged: boolean;
}

const Bookable = ({ schedule, isChanged }: BookableProps) => {
  const { t } = useTranslation('availability');
  const { fhir } = useSession();
  const format = useFormat();
  const { data, error, isLoading, refetch } = useQuery({
    queryKey: ['Appointment', 'find', 'schedule', schedule],
    queryFn: () => {
      const [start, end] = [0, 14].map((days) =>
        new Date(Date.now() + days * 86_400_000).toISOString(),
      ) as [string, string];
      return findAllTimes(fhir, { schedule }, { start, end });
    },
  });
  // All of the two weeks that the title names.
  const days = byDay(data ?? []);
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} size="h4" mb="xs">
        {t('bookable')}
      </Title>
      {isChanged ? <Text size="sm">{t('bookableSaved')}</Text> : null}
      {isLoading ? <Loading /> : null}
      <Failure error={error} again={() => void refetch()} />
      {data?.length === 0 ? <Text>{t('noneBookable')}</Text> : null}
      <List listStyleType="none">
        {days.map(({ start, times }) => (
          <List.Item key={start}>
            <Group gap="xs">
              <Text fw={600} span>
                {format.day(start, offsetOf(start))}
              </Text>
              <Text size="sm" span>
                {t('free', {
                  count: times.length,
                  first: format.time(start, offsetOf(start)),
                  last: format.time(times.at(-1)?.start, offsetOf(start)),
                })}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </Paper>
  );
};
