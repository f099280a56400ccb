// NotOpen: the record is not open to this hospital, or not any more: what can be done.

import { Button, Group } from '@mantine/core';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Notice } from '@meridian/ui/states/Notice.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export const NotOpen = () => {
  const { t } = useTranslation('chart');
  return (
    <>
      <PageTitle>{t('notOpen.page')}</PageTitle>
      <Notice title={t('notOpen.title')} text={t('notOpen.text')} />
      <Group justify="center">
        <Button component={Link} href="/access">
          {t('notOpen.ask')}
        </Button>
        <Button component={Link} href="/patients" variant="default">
          {t('notOpen.find')}
        </Button>
      </Group>
    </>
  );
};
