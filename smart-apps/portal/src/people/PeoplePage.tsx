// PeoplePage: whose record is open, the way to that of somebody else, new people to care for, and who may act for oneself.

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ActsForMe } from './ActsForMe.tsx';
import { InviteForm } from './InviteForm.tsx';

export const PeoplePage = () => {
  const { t } = useTranslation('people');
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Stack gap="xl" maw={720}>
        <OpenNow />
        <CareFor />
        <ActsForMe />
        <InviteForm />
      </Stack>
    </>
  );
};

/** The server's own page lists them and opens the one that is chosen, inside the same sign-in. */
const OpenNow = () => {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { patient, user, signInAgain } = useSession();
  const { data } = useRead<Patient>('Patient', patient);
  const isOwn = user === `Patient/${patient ?? ''}`;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4">
          {t('open.title')}
        </Title>
        <Text>{t(isOwn ? 'open.own' : 'open.other', { name: format.name(data?.name) })}</Text>
        <Text size="sm">{t('open.hint')}</Text>
        <Button onClick={() => signInAgain({ keepPlace: false })}>{t('open.switch')}</Button>
      </Stack>
    </Paper>
  );
};

const CareFor = () => {
  const { t } = useTranslation('people');
  const { patient, user } = useSession();
  const isOwn = user === `Patient/${patient ?? ''}`;
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {t('care.title')}
      </Title>
      <Text size="sm">{t(isOwn ? 'care.text' : 'care.notHere')}</Text>
      {isOwn ? (
        <Group>
          <Button component={Link} href="/people/new" variant="default">
            {t('care.register')}
          </Button>
          <Button component={Link} href="/people/invitation" variant="default">
            {t('care.accept')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
};
