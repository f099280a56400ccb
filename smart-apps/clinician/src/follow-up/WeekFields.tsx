// WeekFields: with whom, and from which day on.

import { Button, Group, Stack } from '@mantine/core';
import { useSession } from '@meridian/ui/session/session.ts';
import { plusDays } from '@meridian/ui/time/day.ts';
import { useTranslation } from 'react-i18next';
import { Choice, Words } from '../writing/fields.tsx';

export interface Week {
  /** `Practitioner/1`, or '' for whoever is there. */
  readonly practitioner: string;
  /** A date. */
  readonly from: string;
}

export interface WeekFieldsProps {
  readonly week: Week;
  /** A date. */
  readonly today: string;
  readonly change: (week: Week) => void;
}

/** In days: as doctors say it. */
const distances = [7, 14, 30, 90] as const;

export const WeekFields = ({ week, today, change }: WeekFieldsProps) => {
  const { t } = useTranslation('follow-up');
  const { user } = useSession();
  return (
    <Stack gap="xs">
      <Group role="group" aria-label={t('in')} gap="xs">
        {distances.map((days) => {
          const from = plusDays(today, days);
          return (
            <Button
              key={days}
              size="compact-md"
              variant={from === week.from ? 'filled' : 'default'}
              aria-pressed={from === week.from}
              onClick={() => change({ ...week, from })}
            >
              {t(`distance.${String(days)}`)}
            </Button>
          );
        })}
      </Group>
      <Group align="flex-end">
        <Words
          {...{ id: 'follow-up-from', label: t('from'), kind: 'date', value: week.from }}
          change={(from) => change({ ...week, from })}
        />
        <Choice
          {...{ id: 'follow-up-with', label: t('with'), value: week.practitioner }}
          options={[
            [user, t('me')],
            ['', t('anybody')],
          ]}
          change={(practitioner) => change({ ...week, practitioner })}
        />
      </Group>
    </Stack>
  );
};
