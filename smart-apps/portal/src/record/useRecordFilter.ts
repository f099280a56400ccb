// useRecordFilter: which kind and which time the record is filtered by, kept in the address so that the way back leads to it.

import { useSearchParams } from 'wouter';
import { kinds, type Kind } from './kinds.ts';
import { boundsOf, isPeriodName, type PeriodName } from './period.ts';
import type { Wanted } from './timeline-events.ts';

export interface RecordFilter {
  readonly kind: Kind | '';
  readonly period: PeriodName;
  readonly from: string;
  readonly to: string;
}

export const useRecordFilter = () => {
  const [query, setQuery] = useSearchParams();
  const period = query.get('period');
  const filter: RecordFilter = {
    kind: kinds.find((kind) => kind === query.get('kind')) ?? '',
    period: isPeriodName(period) ? period : 'all',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
  };
  const change = (next: Partial<RecordFilter>): void => {
    const given = Object.entries({ ...filter, ...next }).filter(([, value]) => value !== '');
    setQuery(Object.fromEntries(given), { replace: true });
  };
  const bounds = boundsOf(filter.period, filter, new Date());
  const wanted: Wanted = { kind: filter.kind === '' ? undefined : filter.kind, ...bounds };
  return { filter, change, wanted };
};
