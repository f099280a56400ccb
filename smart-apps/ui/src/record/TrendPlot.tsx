// TrendPlot: how a measured value went over time, as lines, and always as a table besides.

import { lazy, Suspense, useId, useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { Loading } from '../states/Loading.tsx';
import { trendOf } from './trend.ts';
import { TrendTable } from './TrendTable.tsx';

const TrendLines = lazy(async () => ({ default: (await import('./TrendLines.tsx')).TrendLines }));

export interface TrendPlotProps {
  readonly observations: readonly Observation[];
  /** What is measured, where people call it otherwise than it is coded. */
  readonly name?: string | undefined;
}

export const TrendPlot = ({ observations, name }: TrendPlotProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const [shown, show] = useState<'plot' | 'table'>('plot');
  const heading = useId();
  const trend = trendOf(observations);
  if (trend === undefined) return <Text c="dimmed">{t('trend.nothing')}</Text>;

  const title = name ?? format.concept(observations[0]?.code);
  const other = shown === 'plot' ? 'table' : 'plot';
  const OtherIcon = other === 'table' ? IconTable : IconChartLine;
  return (
    <section aria-labelledby={heading}>
      <Group justify="space-between" mb="xs">
        <Text id={heading} fw={600}>
          {title} {trend.unit && `(${trend.unit})`}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<OtherIcon size={16} aria-hidden />}
          onClick={() => show(other)}
        >
          {t(`trend.${other}`)}
        </Button>
      </Group>
      {trend.leftOut === 0 ? null : (
        <Text size="sm" mb="xs">
          {t('trend.leftOut', { count: trend.leftOut })}
        </Text>
      )}
      {shown === 'table' ? (
        <TrendTable trend={trend} title={title} />
      ) : (
        <Suspense fallback={<Loading />}>
          <TrendLines trend={trend} title={title} />
        </Suspense>
      )}
    </section>
  );
};
