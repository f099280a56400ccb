// TrendLines: the plot itself. Loaded only where one is shown, because the library behind it is large.
// https://recharts.org/

import { useMatches } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../format/useFormat.ts';
import { axisOf } from './axis.ts';
import type { Point } from './trend.ts';
import type { TrendProps } from './TrendTable.tsx';

export const TrendLines = ({ trend, title }: TrendProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const height = useMatches({ base: 220, sm: 280 });
  const { lines, points, range, unit } = trend;
  const ticks = axisOf(trend);
  const domain: [number, number] = [ticks[0]!, ticks.at(-1)!];
  const first = format.date(points[0]?.date);
  const last = format.date(points.at(-1)?.date);
  const name = t('trend.name', { title, count: points.length, first, last });
  const day = (at: number) => format.date(new Date(at).toISOString());

  return (
    <div role="img" aria-label={name} style={{ height }} dir="ltr">
      <ResponsiveContainer>
        <LineChart
          data={points}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke={colours.grid} vertical={false} />
          {range === undefined ? null : (
            <ReferenceArea
              y1={range.low ?? domain[0]}
              y2={range.high ?? domain[1]}
              fill={colours.range}
              fillOpacity={0.18}
              label={{
                value: t('trend.range'),
                position: 'insideTopLeft',
                fill: colours.text,
                fontSize: 12,
              }}
            />
          )}
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            padding={{ left: 16, right: 16 }}
            tickFormatter={day}
            tick={{ fill: colours.text, fontSize: 12 }}
            minTickGap={24}
          />
          <YAxis
            domain={domain}
            ticks={ticks}
            width={48}
            tick={{ fill: colours.text, fontSize: 12 }}
            allowDataOverflow
          />
          <Tooltip
            labelFormatter={(at) => day(Number(at))}
            formatter={(value) => format.quantity({ value: Number(value), unit })}
            contentStyle={{ background: colours.body, borderColor: colours.grid }}
            labelStyle={{ color: colours.text }}
          />
          {lines.length > 1 ? <Legend /> : null}
          {lines.map(({ key, label }, index) => (
            <Line
              key={key}
              dataKey={({ values }: Point) => values[key]}
              name={label}
              stroke={colours.lines[index % colours.lines.length]!}
              strokeWidth={2}
              strokeDasharray={index === 0 ? '' : '6 3'}
              dot={{ r: 4 }}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
};

/** Those of lines can be read as text, too, light or dark: the legend is written in them. */
const colours = {
  text: 'var(--mantine-color-dimmed)',
  body: 'var(--mantine-color-body)',
  grid: 'var(--mantine-color-default-border)',
  range: 'var(--mantine-color-green-6)',
  lines: [
    'var(--mantine-primary-color-light-color)',
    'var(--mantine-color-orange-light-color)',
    'var(--mantine-color-grape-light-color)',
  ],
} as const;
