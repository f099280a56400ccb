// ProfilePage: who the person is, how they can be reached, whom to call, and the ways to what else belongs to them.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { KeepOffline } from '@meridian/ui/offline/KeepOffline.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Stack } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { EmergencyContacts } from './EmergencyContacts.tsx';
import { Identity } from './Identity.tsx';
import { ProfileLinks } from './ProfileLinks.tsx';
import { Reach } from './Reach.tsx';

export const ProfilePage = () => {
  const { t } = useTranslation('profile');
  const { patient } = useSession();
  const { data, isLoading, error, refetch } = useRead<Patient>('Patient', patient);
  const again = (): void => void refetch();
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      {isLoading ? <Loading /> : null}
      {data === undefined ? (
        <Failure error={error} again={again} />
      ) : (
        <Stack gap="xl">
          <Identity patient={data} />
          <Reach patient={data} again={again} />
          <EmergencyContacts patient={data} again={again} />
          <KeepOffline />
          <ProfileLinks />
        </Stack>
      )}
    </>
  );
};
