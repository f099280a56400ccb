// EmergencyPage: breaking the glass: what follows from it is said before it is done.

import { Alert, Anchor, List, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmergencyForm } from './EmergencyForm.tsx';

export const EmergencyPage = ({ params: { uhid = '' } }: PageProps) => {
  const { t } = useTranslation('access');
  return (
    <Stack maw="44rem">
      <PageTitle>{t('emergency.title')}</PageTitle>
      <Alert
        color="red"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('emergency.warning.title')}
      >
        <List size="sm" spacing={4}>
          {warnings.map((warning) => (
            <List.Item key={warning}>{t(`emergency.warning.${warning}`)}</List.Item>
          ))}
        </List>
      </Alert>
      <EmergencyForm key={uhid} uhid={uhid} />
      <Anchor component={Link} href={uhid === '' ? '/access' : `/access/${uhid}`}>
        {t('emergency.rather')}
      </Anchor>
    </Stack>
  );
};

const warnings = ['told', 'review', 'short', 'audit'] as const;
