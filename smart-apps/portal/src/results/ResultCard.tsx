// ResultCard: one test with its latest result, its range and how it stands to it.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { flagOf } from '@meridian/ui/record/flag.ts';
import { FlagBadge } from '@meridian/ui/record/FlagBadge.tsx';
import { Anchor, Card, Group, Text } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { dateOf } from '../record/dates.ts';
import { resultHref } from './href.ts';
import { useTestName } from './useTestName.ts';

export interface ResultCardProps {
  readonly observation: Observation;
  /** How many results of the test were found. */
  readonly count?: number;
}

export const ResultCard = ({ observation, count = 1 }: ResultCardProps) => {
  const { t } = useTranslation('results');
  const format = useFormat();
  const { plain, name } = useTestName(observation);
  const ranges = observation.referenceRange?.map(format.range).filter(Boolean).join('; ');
  return (
    <Card component="li" withBorder padding="sm">
      <Anchor component={Link} href={resultHref(observation)} fw={600}>
        {plain ?? name}
      </Anchor>
      {plain === undefined ? null : (
        <Text size="xs" c="dimmed">
          {name}
        </Text>
      )}
      <Group gap="sm" mt={4}>
        <Text fw={700} size="lg">
          {format.value(observation) || t('noValue')}
        </Text>
        <FlagBadge flag={flagOf(observation)} />
      </Group>
      <Text size="sm" c="dimmed">
        {[
          format.date(dateOf(observation)),
          ranges ? t('usual', { range: ranges }) : undefined,
          count > 1 ? t('times', { count }) : undefined,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Card>
  );
};
