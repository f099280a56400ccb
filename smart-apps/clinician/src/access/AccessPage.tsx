// AccessPage: asking a patient to see what other hospitals keep, and what came of the requests made so far.

import { Button, SimpleGrid } from '@mantine/core';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { RequestForm } from './RequestForm.tsx';
import { Requests } from './Requests.tsx';

export const AccessPage = ({ params: { uhid = '' } }: PageProps) => {
  const { t } = useTranslation('access');
  return (
    <>
      <PageTitle
        actions={
          <Button
            component={Link}
            href={uhid === '' ? '/emergency' : `/emergency/${uhid}`}
            color="red"
            variant="outline"
          >
            {t('emergency.way')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <RequestForm key={uhid} uhid={uhid} />
        <Requests />
      </SimpleGrid>
    </>
  );
};
