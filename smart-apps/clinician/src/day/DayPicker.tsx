// DayPicker: the day before, the day after, any day, and back to today.

import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { plusDays } from '@meridian/ui/time/day.ts';
import { useTranslation } from 'react-i18next';

export interface DayPickerProps {
  /** Dates. */
  readonly day: string;
  readonly today: string;
  readonly choose: (day: string) => void;
}

export const DayPicker = ({ day, today, choose }: DayPickerProps) => {
  const { t, i18n } = useTranslation('day');
  const isRightToLeft = i18n.dir() === 'rtl';
  const [Back, Forward] = isRightToLeft
    ? [IconChevronRight, IconChevronLeft]
    : [IconChevronLeft, IconChevronRight];
  return (
    <Group gap="xs">
      <ActionIcon
        variant="default"
        aria-label={t('previous')}
        onClick={() => choose(plusDays(day, -1))}
      >
        <Back size={18} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label={t('choose')}
        value={day}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== '') choose(currentTarget.value);
        }}
      />
      <ActionIcon variant="default" aria-label={t('next')} onClick={() => choose(plusDays(day, 1))}>
        <Forward size={18} aria-hidden />
      </ActionIcon>
      <Button
        variant="subtle"
        size="compact-md"
        disabled={day === today}
        onClick={() => choose(today)}
      >
        {t('today')}
      </Button>
    </Group>
  );
};
