// TimeFilters: for which day, with whom and how a time is looked for.

import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDoctors } from '../hospital/useHospital.ts';
import type { TimeFilter } from './times.ts';

export interface TimeFiltersProps {
  readonly filter: TimeFilter;
  /** A date. */
  readonly today: string;
  readonly onChange: (filter: TimeFilter) => void;
}

export const TimeFilters = ({ filter, today, onChange }: TimeFiltersProps) => {
  const { t } = useTranslation('visits');
  const doctors = useDoctors();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
      <TextInput
        type="date"
        label={t('day')}
        value={filter.day}
        min={today}
        onChange={({ currentTarget }) => onChange({ ...filter, day: currentTarget.value || today })}
      />
      <NativeSelect
        label={t('doctor')}
        value={filter.practitioner}
        onChange={({ currentTarget }) => onChange({ ...filter, practitioner: currentTarget.value })}
        data={[
          { value: '', label: t('anyDoctor') },
          ...doctors.map(({ reference, name, specialty }) => ({
            value: reference,
            label: [name, specialty].filter(Boolean).join(', '),
          })),
        ]}
      />
      <NativeSelect
        label={t('mode')}
        value={filter.mode}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, mode: currentTarget.value as TimeFilter['mode'] })
        }
        data={[
          { value: '', label: t('anyMode') },
          { value: 'in-person', label: t('modes.in-person') },
          { value: 'video', label: t('modes.video') },
        ]}
      />
    </SimpleGrid>
  );
};
