// ExceptionFields: days with hours of their own, and days that are closed: holidays, absence.

import type { ReactNode } from 'react';
import { today } from '@meridian/ui/time/day.ts';
import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldFaults } from './faults.ts';
import type { AvailabilityForm } from './form.ts';

export interface ExceptionFieldsProps {
  readonly form: AvailabilityForm;
  readonly faults: FieldFaults;
  readonly onChange: (change: Partial<AvailabilityForm>) => void;
}

export const ExceptionFields = ({ form, faults, onChange }: ExceptionFieldsProps) => {
  const { t } = useTranslation('availability');
  const replaced = <T,>(list: readonly T[], place: number, change: Partial<T>): readonly T[] =>
    list.map((each, at) => (at === place ? { ...each, ...change } : each));
  const without = <T,>(list: readonly T[], place: number): readonly T[] =>
    list.filter((_, at) => at !== place);
  const input = (label: string, type: string, value: string, set: (value: string) => void) => (
    <TextInput
      key={label}
      {...{ label, type, value }}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  );
  return (
    <>
      <Fieldset legend={t('single')}>
        <Stack>
          {form.days.map((day, place) => {
            const set = (change: Partial<typeof day>) =>
              onChange({ days: replaced(form.days, place, change) });
            return (
              <Line
                key={place}
                nth={place + 1}
                fault={faults[`days.${String(place)}`]}
                onRemove={() => onChange({ days: without(form.days, place) })}
              >
                {input(t('date'), 'date', day.date, (date) => set({ date }))}
                {input(t('from'), 'time', day.from, (from) => set({ from }))}
                {input(t('to'), 'time', day.to, (to) => set({ to }))}
              </Line>
            );
          })}
          <Add
            label={t('addDay')}
            onAdd={() =>
              onChange({ days: [...form.days, { date: today(), from: '09:00', to: '12:00' }] })
            }
          />
        </Stack>
      </Fieldset>
      <Fieldset legend={t('closed')}>
        <Stack>
          {form.closed.map((closed, place) => {
            const set = (change: Partial<typeof closed>) =>
              onChange({ closed: replaced(form.closed, place, change) });
            return (
              <Line
                key={place}
                nth={place + 1}
                fault={faults[`closed.${String(place)}`]}
                onRemove={() => onChange({ closed: without(form.closed, place) })}
              >
                {input(t('first'), 'date', closed.start, (start) => set({ start }))}
                {input(t('last'), 'date', closed.end, (end) => set({ end }))}
              </Line>
            );
          })}
          <Add
            label={t('addClosed')}
            onAdd={() => onChange({ closed: [...form.closed, { start: today(), end: today() }] })}
          />
        </Stack>
      </Fieldset>
    </>
  );
};

interface LineProps {
  readonly nth: number;
  readonly fault: string | undefined;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

const Line = ({ nth, fault, onRemove, children }: LineProps) => {
  const { t } = useTranslation('availability');
  return (
    <div role="group" aria-label={t('line', { nth })}>
      <Group gap="sm" align="flex-end">
        {children}
        <ActionIcon variant="default" aria-label={t('removeLine', { nth })} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {fault}
      </Text>
    </div>
  );
};

const Add = ({ label, onAdd }: { readonly label: string; readonly onAdd: () => void }) => (
  <Group>
    <Button variant="default" size="xs" onClick={onAdd}>
      {label}
    </Button>
  </Group>
);
