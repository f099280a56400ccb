// ReachForm: changes how a person can be reached. Somebody else's change meanwhile is not overwritten.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { update } from '@meridian/ui/fhir/write.ts';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { languages } from '@meridian/ui/languages.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { NativeSelect, SimpleGrid, Textarea, TextInput, type TextInputProps } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { detailsOf, withDetails, type Details } from './details.ts';
import type { AboutPatient } from './about-patient.ts';

export const ReachForm = ({
  patient,
  again,
  close,
}: AboutPatient & { readonly close: () => void }) => {
  const { t } = useTranslation('profile');
  const [details, change, clear] = useDraft(`reach ${patient.id ?? ''}`, detailsOf(patient));
  const saving = useWrite(
    (fhir, typed: Details) => update(fhir, withDetails(patient, typed)),
    ['Patient'],
  );
  const end = (): void => {
    clear();
    close();
  };
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    saving.mutate(details, { onSuccess: end });
  };
  const field = (name: keyof Details, more: TextInputProps = {}) => (
    <TextInput
      label={t(`reach.${name}`)}
      value={details[name]}
      onChange={({ currentTarget }) => change({ ...details, [name]: currentTarget.value })}
      {...more}
    />
  );
  return (
    <form onSubmit={save}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {field('phone', { autoFocus: true, type: 'tel', autoComplete: 'tel' })}
        {field('email', { type: 'email', autoComplete: 'email' })}
        <Textarea
          label={t('reach.street')}
          autoComplete="street-address"
          autosize
          value={details.street}
          onChange={({ currentTarget }) => change({ ...details, street: currentTarget.value })}
        />
        {field('city', { autoComplete: 'address-level2' })}
        {field('state', { autoComplete: 'address-level1' })}
        {field('postalCode', { autoComplete: 'postal-code' })}
        <NativeSelect
          label={t('reach.language')}
          value={details.language}
          onChange={({ currentTarget }) => change({ ...details, language: currentTarget.value })}
          data={optionsWith(details.language)}
        />
      </SimpleGrid>
      <FormActions
        isSending={saving.isPending}
        error={saving.error}
        conflictText={t('conflict')}
        again={again}
        cancel={end}
      />
    </form>
  );
};

/** The languages of this app, and the one that was chosen elsewhere. */
const optionsWith = (chosen: string) => {
  const known = languages.map(({ code, name }) => ({
    value: code,
    label: name,
  }));
  return known.some(({ value }) => value === chosen)
    ? known
    : [{ value: chosen, label: chosen }, ...known];
};
