// SharingPage: who asks to see the record, with whom it is shared until when, and who opened it in an emergency.

import { Button, Group, Stack } from '@mantine/core';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Emergencies } from './Emergencies.tsx';
import { Requests } from './Requests.tsx';
import { SharedNow } from './SharedNow.tsx';

export const SharingPage = () => {
  const { t } = useTranslation('sharing');
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Stack gap="xl">
        <Group>
          <Button component={Link} href="/sharing/new">
            {t('share')}
          </Button>
          <Button component={Link} href="/sharing/looked" variant="default">
            {t('looked.open')}
          </Button>
        </Group>
        <Requests />
        <SharedNow />
        <Emergencies />
      </Stack>
    </>
  );
};
