// PatientsPage: finding a person of the hospital, to see or print the health ID, to book or to upload.

import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { PatientPicker } from './PatientPicker.tsx';

export const PatientsPage = () => {
  const { t } = useTranslation('patients');
  const [, go] = useLocation();
  return (
    <>
      <PageTitle
        actions={
          <Button component={Link} href="/register" variant="default">
            {t('find.register')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <Stack>
        <PatientPicker label={t('find.label')} onPick={({ id = '' }) => go(`/patients/${id}`)} />
      </Stack>
    </>
  );
};
