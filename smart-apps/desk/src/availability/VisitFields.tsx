// VisitFields: how a visit is: its length, the pause after it, how many at once, in person or by video, and until when.

import { Fieldset, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldFaults } from './faults.ts';
import type { AvailabilityForm } from './form.ts';

export interface VisitFieldsProps {
  readonly form: AvailabilityForm;
  readonly faults: FieldFaults;
  readonly onChange: (change: Partial<AvailabilityForm>) => void;
}

type TextField = 'length' | 'buffer' | 'capacity' | 'notice' | 'cancelNotice' | 'timeZone';

export const VisitFields = ({ form, faults, onChange }: VisitFieldsProps) => {
  const { t } = useTranslation('availability');
  const field = (name: TextField) => ({
    label: t(`fields.${name}`),
    value: form[name],
    error: faults[name],
    ...(name === 'timeZone' ? {} : { inputMode: 'numeric' as const }),
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: currentTarget.value }),
  });
  return (
    <Fieldset legend={t('visit')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...field('length')} />
        <TextInput {...field('buffer')} />
        <TextInput {...field('capacity')} />
        <NativeSelect
          label={t('fields.mode')}
          value={form.mode}
          error={faults['mode']}
          onChange={({ currentTarget }) => onChange({ mode: currentTarget.value })}
          data={[
            { value: 'in-person', label: t('modes.in-person') },
            { value: 'video', label: t('modes.video') },
          ]}
        />
        <TextInput {...field('notice')} />
        <TextInput {...field('cancelNotice')} />
        <TextInput {...field('timeZone')} />
      </SimpleGrid>
    </Fieldset>
  );
};
