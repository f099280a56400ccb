// ResultTable: results with their values, ranges and flags; where there is little room each row is a card.

import { Anchor, Table } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../format/useFormat.ts';
import { flagOf } from './flag.ts';
import { FlagBadge } from './FlagBadge.tsx';
import classes from './ResultTable.module.css';

export interface ResultTableProps {
  readonly observations: readonly Observation[];
  readonly onOpen?: (observation: Observation) => void;
  /** The address of the page of one result, below the app. */
  readonly hrefOf?: (observation: Observation) => string;
}

/** The roles are said although they are the table's own: a browser forgets them once CSS makes cards of rows. */
export const ResultTable = ({ observations, onOpen, hrefOf }: ResultTableProps) => {
  const { t } = useTranslation('ui');
  const columns = ['name', 'value', 'flag', 'range', 'date'] as const;
  return (
    <div className={classes.room}>
      <Table role="table" className={classes.table} aria-label={t('results.title')}>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column} role="columnheader" scope="col">
                {t(`results.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {observations.map((observation) => (
            <Row
              key={observation.id}
              observation={observation}
              onOpen={onOpen}
              href={hrefOf?.(observation)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

interface RowProps {
  readonly observation: Observation;
  readonly onOpen: ResultTableProps['onOpen'];
  readonly href: string | undefined;
}

const Row = ({ observation, onOpen, href }: RowProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const { code, status, referenceRange, effectiveDateTime, effectivePeriod, issued } = observation;
  const ranges = referenceRange?.map(format.range).filter(Boolean).join('; ') ?? '';
  return (
    <Table.Tr role="row">
      <Table.Th role="rowheader" scope="row" className={classes.name}>
        <Name
          label={format.concept(code)}
          href={href}
          open={onOpen && (() => onOpen(observation))}
        />
      </Table.Th>
      <Table.Td role="cell" className={classes.value}>
        {format.value(observation) || t('results.noValue')}
        {isStated(status) ? ` (${t(`results.status.${status}`)})` : ''}
      </Table.Td>
      <Table.Td role="cell">
        <FlagBadge flag={flagOf(observation)} />
      </Table.Td>
      <Table.Td role="cell" data-label={ranges && t('results.range')}>
        {ranges}
      </Table.Td>
      <Table.Td role="cell" data-label={t('results.date')} className={classes.date}>
        {format.date(effectiveDateTime ?? effectivePeriod?.start ?? issued)}
      </Table.Td>
    </Table.Tr>
  );
};

/** A value that may still change, or has changed, is not read as one that is final. */
const stated = [
  ...(['registered', 'preliminary', 'amended', 'corrected', 'cancelled', 'unknown'] as const),
  'entered-in-error',
] as const;

const isStated = (status: string): status is (typeof stated)[number] =>
  stated.some((each) => each === status);

interface NameProps {
  readonly label: string;
  readonly href: string | undefined;
  readonly open: (() => void) | undefined;
}

const Name = ({ label, href, open }: NameProps) => {
  if (href !== undefined)
    return (
      <Anchor component={Link} href={href} inherit>
        {label}
      </Anchor>
    );
  if (open === undefined) return label;
  return (
    <Anchor component="button" type="button" ta="start" onClick={open} inherit>
      {label}
    </Anchor>
  );
};
