// DayFilters: which day, whose visits, where, and in which state.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { plusDays } from '@meridian/ui/time/day.ts';
import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Text,
  TextInput,
} from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDoctors, usePlaces } from '../hospital/useHospital.ts';
import { standings, type DayFilter, type Standing } from './day-list.ts';

export interface DayFiltersProps {
  readonly filter: DayFilter;
  readonly today: string;
  readonly onChange: (filter: DayFilter) => void;
}

export const DayFilters = ({ filter, today, onChange }: DayFiltersProps) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const doctors = useDoctors();
  const places = usePlaces();
  const setDay = (day: string) => onChange({ ...filter, day });
  return (
    <>
      <Group gap="xs" mb="sm">
        <ActionIcon
          variant="default"
          aria-label={t('before')}
          onClick={() => setDay(plusDays(filter.day, -1))}
        >
          <IconChevronLeft size={18} aria-hidden className="flip" />
        </ActionIcon>
        <TextInput
          type="date"
          aria-label={t('day')}
          value={filter.day}
          onChange={({ currentTarget }) => setDay(currentTarget.value || today)}
        />
        <ActionIcon
          variant="default"
          aria-label={t('after')}
          onClick={() => setDay(plusDays(filter.day, 1))}
        >
          <IconChevronRight size={18} aria-hidden className="flip" />
        </ActionIcon>
        {filter.day === today ? null : (
          <Button variant="default" onClick={() => setDay(today)}>
            {t('today')}
          </Button>
        )}
        <Text fw={600} aria-live="polite">
          {format.day(`${filter.day}T12:00:00Z`, 'UTC')}
        </Text>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs" mb="md">
        <NativeSelect
          label={t('doctor')}
          value={filter.practitioner}
          onChange={({ currentTarget }) =>
            onChange({ ...filter, practitioner: currentTarget.value })
          }
          data={[
            { value: '', label: t('allDoctors') },
            ...doctors.map(({ reference, name }) => ({ value: reference, label: name })),
          ]}
        />
        {places.items.length < 2 ? null : (
          <NativeSelect
            label={t('place')}
            value={filter.place}
            onChange={({ currentTarget }) => onChange({ ...filter, place: currentTarget.value })}
            data={[
              { value: '', label: t('allPlaces') },
              ...places.items.map(({ id = '', name = id }) => ({
                ...{ value: `Location/${id}`, label: name },
              })),
            ]}
          />
        )}
        <NativeSelect
          label={t('state')}
          value={filter.state}
          onChange={({ currentTarget }) =>
            onChange({ ...filter, state: currentTarget.value as Standing })
          }
          data={standings.map((state) => ({ value: state, label: t(`states.${state}`) }))}
        />
      </SimpleGrid>
    </>
  );
};
