// TrendTable: the same values as the plot, newest first, for whoever would rather read than look.

import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import type { Trend } from './trend.ts';

export interface TrendProps {
  readonly trend: Trend;
  readonly title: string;
}

export const TrendTable = ({ trend, title }: TrendProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const { lines, points, unit } = trend;
  return (
    <Table aria-label={title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('trend.date')}</Table.Th>
          {lines.map(({ key, label }) => (
            <Table.Th key={key} scope="col">
              {label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {points.toReversed().map(({ at, date, values }, index) => (
          <Table.Tr key={`${String(at)}-${String(index)}`}>
            <Table.Th scope="row" fw={400}>
              {format.dateTime(date)}
            </Table.Th>
            {lines.map(({ key }) => (
              <Table.Td key={key}>
                {values[key] === undefined ? '' : format.quantity({ value: values[key], unit })}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};
