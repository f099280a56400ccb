// RecordFilters: which kind of things, and from when.

import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kinds, type Kind } from './kinds.ts';
import { periods, type PeriodName } from './period.ts';
import type { RecordFilter } from './useRecordFilter.ts';

export interface RecordFiltersProps {
  readonly filter: RecordFilter;
  readonly change: (next: Partial<RecordFilter>) => void;
}

export const RecordFilters = ({ filter, change }: RecordFiltersProps) => {
  const { t } = useTranslation('record');
  return (
    <Group role="search" aria-label={t('filter.title')} gap="sm" mb="md" align="end">
      <NativeSelect
        label={t('filter.kind')}
        value={filter.kind}
        onChange={({ currentTarget }) => change({ kind: currentTarget.value as Kind | '' })}
        data={[
          { value: '', label: t('filter.everything') },
          ...kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
        ]}
        flex="1 1 8rem"
      />
      <NativeSelect
        label={t('filter.period')}
        value={filter.period}
        onChange={({ currentTarget }) => change({ period: currentTarget.value as PeriodName })}
        data={periods.map((period) => ({ value: period, label: t(`periods.${period}`) }))}
        flex="1 1 8rem"
      />
      {filter.period === 'between' ? (
        <>
          <DateField name="from" filter={filter} change={change} />
          <DateField name="to" filter={filter} change={change} />
        </>
      ) : null}
    </Group>
  );
};

const DateField = ({
  name,
  filter,
  change,
}: RecordFiltersProps & { readonly name: 'from' | 'to' }) => {
  const { t } = useTranslation('record');
  return (
    <TextInput
      type="date"
      label={t(`filter.${name}`)}
      value={filter[name]}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      flex="1 1 8rem"
    />
  );
};
