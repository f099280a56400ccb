// VisitStateBadge: where a visit stands, in words, and how long the patient has been waiting.

import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { minutesWaiting, type DayState, type Visit } from './visit.ts';

export interface VisitStateBadgeProps {
  readonly visit: Visit;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const VisitStateBadge = ({ visit, now }: VisitStateBadgeProps) => {
  const { t } = useTranslation('day');
  const minutes = minutesWaiting(visit, now);
  return (
    <Stack gap={2} align="start">
      <Badge color={colours[visit.state]} variant="light" tt="none">
        {t(`state.${visit.state}`)}
      </Badge>
      {minutes === undefined ? null : <Text size="xs">{t('waiting', { count: minutes })}</Text>}
    </Stack>
  );
};

const colours: Readonly<Record<DayState, string>> = {
  ...{ held: 'gray', booked: 'blue', arrived: 'orange', 'in-progress': 'violet', done: 'green' },
  ...{ 'no-show': 'gray', cancelled: 'gray', other: 'gray' },
};
