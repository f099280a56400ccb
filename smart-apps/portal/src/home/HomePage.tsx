// HomePage: what comes next, what needs the person, and what is new; each part asks by itself, so none waits for another.

import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NeedsMe } from './NeedsMe.tsx';
import { NewResults } from './NewResults.tsx';
import { NextVisit } from './NextVisit.tsx';
import { QuickActions } from './QuickActions.tsx';

export const HomePage = () => {
  const { t } = useTranslation('home');
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="xl">
          <NextVisit />
          <NeedsMe />
          <QuickActions />
        </Stack>
        <Stack gap="xl">
          <NewResults />
        </Stack>
      </SimpleGrid>
    </>
  );
};
