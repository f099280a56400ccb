// HoursFields: the hours of the week; several lines make a break at noon.

import {
  ActionIcon,
  Button,
  Checkbox,
  Fieldset,
  Group,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldFaults } from './faults.ts';
import { weekdays, type WeeklyHours } from './form.ts';

export interface HoursFieldsProps {
  readonly hours: readonly WeeklyHours[];
  readonly faults: FieldFaults;
  readonly onChange: (hours: readonly WeeklyHours[]) => void;
}

export const HoursFields = ({ hours, faults, onChange }: HoursFieldsProps) => {
  const { t } = useTranslation('availability');
  const set = (place: number, change: Partial<WeeklyHours>) =>
    onChange(hours.map((each, at) => (at === place ? { ...each, ...change } : each)));
  return (
    <Fieldset legend={t('weekly')}>
      <Stack>
        {hours.map(({ days, from, to }, place) => (
          <Stack key={place} gap="xs" role="group" aria-label={t('line', { nth: place + 1 })}>
            <Group gap="sm">
              {weekdays.map((day) => (
                <Checkbox
                  key={day}
                  label={t(`days.${day}`)}
                  checked={days.includes(day)}
                  onChange={({ currentTarget }) =>
                    set(place, {
                      days: weekdays.filter((each) =>
                        each === day ? currentTarget.checked : days.includes(each),
                      ),
                    })
                  }
                />
              ))}
            </Group>
            <Group gap="sm" align="flex-end">
              <TextInput
                type="time"
                label={t('from')}
                value={from}
                onChange={({ currentTarget }) => set(place, { from: currentTarget.value })}
              />
              <TextInput
                type="time"
                label={t('to')}
                value={to}
                onChange={({ currentTarget }) => set(place, { to: currentTarget.value })}
              />
              <ActionIcon
                variant="default"
                aria-label={t('removeLine', { nth: place + 1 })}
                onClick={() => onChange(hours.filter((_, at) => at !== place))}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </Group>
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {faults[`hours.${String(place)}`]}
            </Text>
          </Stack>
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange([...hours, { days: ['mon'], from: '14:00', to: '17:00' }])}
          >
            {t('addHours')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
};
