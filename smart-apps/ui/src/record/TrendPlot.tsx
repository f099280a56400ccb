// TrendPlot: how a measured value went over time, as lines, and always as a table besides.

import { lazy, Suspense, useId, useState } from 'react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { Loading } from '../states/Loading.tsx';
import { trendsOf } from './trend.ts';
import { TrendTable, type TrendProps } from './TrendTable.tsx';

const TrendLines = lazy(async () => ({ default: (await import('./TrendLines.tsx')).TrendLines }));

export interface TrendPlotProps {
  readonly observations: readonly Observation[];
  /** What is measured, where people call it otherwise than it is coded. */
  readonly name?: string | undefined;
}

/** Values in several units are several plots. */
export const TrendPlot = ({ observations, name }: TrendPlotProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const trends = trendsOf(observations);
  if (trends.length === 0) return <Text c="dimmed">{t('trend.nothing')}</Text>;
  const title = name ?? format.concept(observations[0]?.code);
  return (
    <Stack>
      {trends.map((trend) => (
        <OneUnit key={trend.unit} trend={trend} title={title} />
      ))}
    </Stack>
  );
};

const OneUnit = ({ trend, title }: TrendProps) => {
  const { t } = useTranslation('ui');
  const [shown, show] = useState<'plot' | 'table'>('plot');
  const heading = useId();
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
