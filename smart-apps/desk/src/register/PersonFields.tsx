// PersonFields: the fields of a person: a name, a birth date and a sex are needed, all else helps to know them again.

import { today } from '@meridian/ui/time/day.ts';
import { Fieldset, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Faults, PersonForm } from './person.ts';

export interface PersonFieldsProps {
  readonly person: PersonForm;
  readonly faults: Faults;
  readonly onChange: (person: PersonForm) => void;
}

export const PersonFields = ({ person, faults, onChange }: PersonFieldsProps) => {
  const { t } = useTranslation('register');
  const { t: ui } = useTranslation('ui');
  const set = (name: keyof PersonForm, value: string) => onChange({ ...person, [name]: value });
  const field = (name: keyof PersonForm) => ({
    name,
    label: t(`fields.${name}`),
    value: person[name],
    error: faults[name] === undefined ? undefined : t(`faults.${faults[name]}`),
    // The words of another person are none of this device's business to offer.
    autoComplete: 'off',
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      set(name, currentTarget.value),
  });
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...field('given')} />
        <TextInput {...field('family')} />
        <TextInput {...field('birthDate')} type="date" max={today()} required />
        <NativeSelect
          {...field('gender')}
          required
          data={[
            { value: '', label: t('choose') },
            ...(['female', 'male', 'other', 'unknown'] as const).map((gender) => ({
              ...{ value: gender, label: ui(`patient.gender.${gender}`) },
            })),
          ]}
        />
        <TextInput {...field('phone')} type="tel" description={t('phoneHow')} />
        <TextInput {...field('email')} type="email" description={t('emailHow')} />
      </SimpleGrid>
      <Fieldset legend={t('address')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...field('line')} />
          <TextInput {...field('city')} />
          <TextInput {...field('state')} />
          <TextInput {...field('postalCode')} inputMode="numeric" />
        </SimpleGrid>
      </Fieldset>
    </Stack>
  );
};
