// WasAdded: there is one more person to care for, and the way to their record.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export const WasAdded = () => {
  const { t } = useTranslation('people');
  const { signInAgain } = useSession();
  return (
    <>
      <PageTitle>{t('added.title')}</PageTitle>
      <Stack>
        <Text>{t('added.text')}</Text>
        <Group>
          <Button onClick={() => signInAgain({ keepPlace: false })}>{t('added.open')}</Button>
          <Button component={Link} href="/people" variant="default">
            {t('added.back')}
          </Button>
        </Group>
      </Stack>
    </>
  );
};
