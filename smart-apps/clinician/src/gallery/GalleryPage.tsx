// GalleryPage: the apps of others that can be opened for this patient, and the one that is open beside the banner.

import { useState } from 'react';
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '@meridian/ui/session/session.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { Empty } from '@meridian/ui/states/Empty.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import { PatientPage } from '../writing/PatientPage.tsx';
import { useEncounter } from '../writing/useEncounter.ts';
import { AppCard } from './AppCard.tsx';
import { AppFrame, type FramedApp } from './AppFrame.tsx';
import { readApps } from './apps.ts';

export const GalleryPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('gallery');
  return (
    <PatientPage patient={id} title={t('title')}>
      {() => <Gallery key={id} patient={id} />}
    </PatientPage>
  );
};

const Gallery = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('gallery');
  const { fhir } = useSession();
  const encounter = useEncounter();
  const [framed, setFramed] = useState<FramedApp>();
  const { data, error, isLoading, refetch } = useQuery({
    queryKey: ['$launchable-apps'],
    queryFn: () => readApps(fhir),
  });
  if (framed !== undefined)
    return (
      <AppFrame framed={framed} {...{ patient, encounter }} close={() => setFramed(undefined)} />
    );
  return (
    <Stack>
      <Text>{t('about')}</Text>
      {isLoading ? <Loading /> : null}
      <Failure error={error} again={() => void refetch()} />
      {data?.length === 0 ? <Empty title={t('none')} text={t('noneText')} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {(data ?? []).map((app) => (
          <AppCard key={app.client} {...{ app, patient, encounter }} show={setFramed} />
        ))}
      </SimpleGrid>
    </Stack>
  );
};
