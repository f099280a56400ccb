// ProfileLinks: the ways to what else belongs to a person: their health in short, and the account they sign in with.

import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

const inside = [
  { to: '/record/conditions', name: 'conditions' },
  { to: '/record/allergies', name: 'allergies' },
  { to: '/record/immunizations', name: 'immunizations' },
  { to: '/medicines', name: 'medicines' },
] as const;

export const ProfileLinks = () => {
  const { t } = useTranslation('profile');
  return (
    <>
      <section>
        <Title order={2} size="h5" mb="sm">
          {t('links.health')}
        </Title>
        <Stack gap="sm" align="start">
          {inside.map(({ to, name }) => (
            <Anchor key={to} component={Link} href={to}>
              {t(`links.${name}`)}
            </Anchor>
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} size="h5" mb="sm">
          {t('links.account')}
        </Title>
        <Stack gap="sm" align="start">
          <Anchor href="/oauth/account">{t('links.security')}</Anchor>
          <Text size="sm" c="dimmed">
            {t('links.securityText')}
          </Text>
          <Anchor href="/oauth/permissions">{t('links.permissions')}</Anchor>
        </Stack>
      </section>
    </>
  );
};
