// VisitTable: the visits of a day in their order; on a phone each row stacks.

import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moveByArrows } from '../keyboard/arrows.ts';
import type { Visit } from './visit.ts';
import type { VisitsProps } from './visits-props.ts';
import { VisitRow } from './VisitRow.tsx';

export const VisitTable = ({
  visits,
  ...rows
}: VisitsProps & { readonly visits: readonly Visit[] }) => {
  const { t } = useTranslation('day');
  return (
    <Table aria-label={t('list')} verticalSpacing="sm" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('column.time')}</Table.Th>
          <Table.Th scope="col">{t('column.patient')}</Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            {t('column.what')}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t('column.state')}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t('column.change')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByArrows}>
        {visits.map((visit) => (
          <VisitRow key={visit.appointment.id} visit={visit} {...rows} />
        ))}
      </Table.Tbody>
    </Table>
  );
};
