// ContactForm: adds, changes or removes somebody to be called in an emergency.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { update } from '@meridian/ui/fhir/write.ts';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Button, Card, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Patient } from 'fhir/r4';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  contactsOf,
  faultOf,
  noContact,
  withContact,
  withoutContact,
  type ContactFault,
  type EmergencyContact,
} from './emergency-contacts.ts';
import type { AboutPatient } from './about-patient.ts';

export interface ContactFormProps extends AboutPatient {
  /** The place among the contacts. */
  readonly at: number;
  readonly close: () => void;
}

export const ContactForm = ({ patient, again, at, close }: ContactFormProps) => {
  const { t } = useTranslation('profile');
  const before = contactsOf(patient)[at];
  const key = `contact ${patient.id ?? ''} ${String(at)}`;
  const [typed, change, clear] = useDraft<EmergencyContact>(key, before ?? noContact);
  const [fault, setFault] = useState<ContactFault>();
  const saving = useWrite((fhir, next: Patient) => update(fhir, next), ['Patient']);
  const end = (): void => {
    clear();
    close();
  };
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = faultOf(typed);
    setFault(found);
    if (found === undefined) saving.mutate(withContact(patient, at, typed), { onSuccess: end });
    else document.getElementById(`contact-${found}`)?.focus();
  };
  const field = (name: keyof EmergencyContact, type: string) => (
    <TextInput
      id={`contact-${name}`}
      label={t(`contacts.${name}`)}
      type={type}
      autoFocus={name === 'name'}
      required={name !== 'relation'}
      value={typed[name]}
      error={fault === name ? t(`contacts.fault.${fault}`) : undefined}
      onChange={({ currentTarget }) => change({ ...typed, [name]: currentTarget.value })}
    />
  );
  return (
    <Card withBorder padding="sm" component="form" noValidate onSubmit={save}>
      <Stack gap="sm">
        {field('name', 'text')}
        {field('relation', 'text')}
        {field('phone', 'tel')}
        {before === undefined ? null : (
          <Button
            variant="default"
            leftSection={<IconTrash size={18} aria-hidden />}
            disabled={saving.isPending}
            onClick={() => saving.mutate(withoutContact(patient, at), { onSuccess: end })}
          >
            {t('contacts.remove', { name: before.name })}
          </Button>
        )}
      </Stack>
      <FormActions
        isSending={saving.isPending}
        error={saving.error}
        conflictText={t('conflict')}
        again={again}
        cancel={end}
      />
    </Card>
  );
};
