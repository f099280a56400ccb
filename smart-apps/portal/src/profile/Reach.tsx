// Reach: phone, e-mail, address and language, to be read and to be changed.

import { languages } from '@meridian/ui/languages.ts';
import { Button, Group, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../focus/useFocusBack.ts';
import type { AboutPatient } from './about-patient.ts';
import { detailsOf } from './details.ts';
import { Facts } from './Facts.tsx';
import { ReachForm } from './ReachForm.tsx';

export const Reach = ({ patient, again }: AboutPatient) => {
  const { t } = useTranslation('profile');
  const [isEditing, setEditing] = useState(false);
  useFocusBack(isEditing || undefined, () => 'change-reach');
  const details = detailsOf(patient);
  const language = patient.communication?.find(({ preferred }) => preferred)?.language;
  return (
    <section>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('reach.title')}
        </Title>
        {isEditing ? null : (
          <Button
            id="change-reach"
            variant="light"
            size="sm"
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('reach.change')}
          </Button>
        )}
      </Group>
      {isEditing ? (
        <ReachForm
          key={patient.meta?.versionId}
          patient={patient}
          again={again}
          close={() => setEditing(false)}
        />
      ) : (
        <Facts
          facts={[
            [t('reach.phone'), details.phone || t('reach.none')],
            [t('reach.email'), details.email || t('reach.none')],
            [
              t('reach.address'),
              [details.street, details.city, `${details.state} ${details.postalCode}`.trim()]
                .filter(Boolean)
                .join('\n') || t('reach.none'),
            ],
            [
              t('reach.language'),
              languages.find(({ code }) => code === details.language)?.name ??
                language?.coding?.[0]?.display ??
                details.language,
            ],
          ]}
        />
      )}
    </section>
  );
};
