// WantedForm: what is wanted of a visit. Native controls, which phones and screen readers know; what is changed counts at once.

import {
  NativeSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Choices, Wanted } from './wanted.ts';

export interface WantedFormProps {
  readonly wanted: Wanted;
  readonly want: (next: Wanted) => void;
  readonly choices: Choices;
}

export const WantedForm = ({ wanted, want, choices }: WantedFormProps) => {
  const { t, i18n } = useTranslation('visits');
  const set = (part: Partial<Wanted>): void => want({ ...wanted, ...part });
  const any = { value: '', label: t('find.any') };
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  return (
    <Stack
      component="form"
      role="search"
      aria-label={t('find.title')}
      onSubmit={(event) => event.preventDefault()}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('find.mode')}
        value={wanted.mode}
        onChange={(mode) => set({ mode: mode })}
        data={[
          { value: '', label: t('find.either') },
          { value: 'in-person', label: t('mode.in-person') },
          { value: 'video', label: t('mode.video') },
        ]}
      />
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="sm">
        <NativeSelect
          label={t('find.specialty')}
          value={wanted.specialty}
          onChange={(event) => set({ specialty: event.currentTarget.value })}
          data={[any, ...choices.specialties]}
        />
        <NativeSelect
          label={t('find.city')}
          value={wanted.city}
          onChange={(event) => set({ city: event.currentTarget.value })}
          data={[any, ...choices.cities]}
        />
        <NativeSelect
          label={t('find.language')}
          value={wanted.language}
          onChange={(event) => set({ language: event.currentTarget.value })}
          data={[
            any,
            ...choices.languages.map((code) => ({ value: code, label: names.of(code) ?? code })),
          ]}
        />
        <NumberInput
          label={t('find.most')}
          value={wanted.most === '' ? '' : Number(wanted.most)}
          onChange={(value) => set({ most: String(value) })}
          min={0}
          step={100}
          hideControls
          inputMode="numeric"
          leftSection="₹"
        />
        <TextInput
          type="date"
          label={t('find.from')}
          value={wanted.from}
          min={new Date().toISOString().slice(0, 10)}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Stack>
  );
};
