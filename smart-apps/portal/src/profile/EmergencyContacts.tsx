// EmergencyContacts: whom to call in an emergency.

import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../focus/useFocusBack.ts';
import { ContactForm } from './ContactForm.tsx';
import { contactsOf } from './emergency-contacts.ts';
import type { AboutPatient } from './about-patient.ts';

/** The id of the button that adds somebody. */
const adder = 'add-contact';

export const EmergencyContacts = ({ patient, again }: AboutPatient) => {
  const { t } = useTranslation('profile');
  const [edited, edit] = useState<number>();
  const contacts = contactsOf(patient);
  useFocusBack(edited, (at) => (at < contacts.length ? `change-contact-${at}` : adder));
  const form = (at: number) => (
    <ContactForm
      key={`${String(at)} ${patient.meta?.versionId ?? ''}`}
      {...{ patient, again, at }}
      close={() => edit(undefined)}
    />
  );
  return (
    <section>
      <Title order={2} size="h5" mb="sm">
        {t('contacts.title')}
      </Title>
      <Stack gap="sm">
        {contacts.length === 0 ? <Text>{t('contacts.none')}</Text> : null}
        {contacts.map(({ name, relation, phone }, at) =>
          edited === at ? (
            form(at)
          ) : (
            <Card key={at} withBorder padding="sm">
              <Group justify="space-between" wrap="nowrap">
                <div>
                  <Text fw={600}>{name || t('contacts.noName')}</Text>
                  <Text size="sm" c="dimmed">
                    {relation}
                  </Text>
                  <Anchor dir="ltr" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
                    {phone}
                  </Anchor>
                </div>
                <Button
                  id={`change-contact-${at}`}
                  variant="light"
                  size="sm"
                  leftSection={<IconPencil size={18} aria-hidden />}
                  aria-label={t('contacts.changeOf', { name })}
                  onClick={() => edit(at)}
                >
                  {t('reach.change')}
                </Button>
              </Group>
            </Card>
          ),
        )}
        {edited === contacts.length ? (
          form(contacts.length)
        ) : (
          <Group>
            <Button
              id={adder}
              variant="light"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => edit(contacts.length)}
            >
              {t('contacts.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
};
