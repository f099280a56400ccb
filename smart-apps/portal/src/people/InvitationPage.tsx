// InvitationPage: accepts an invitation to look after somebody's record, with the secret that was sent.

import { useState } from 'react';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { accept, relationships } from './register.ts';
import { WasAdded } from './WasAdded.tsx';

export const InvitationPage = () => {
  const { t } = useTranslation('people');
  const [, go] = useLocation();
  const [invitation, setInvitation] = useState('');
  const [relationship, setRelationship] = useState('');
  const write = useWrite(accept, ['RelatedPerson', 'Consent']);
  if (write.data?.state === 'added') return <WasAdded />;
  return (
    <>
      <PageTitle>{t('invitation.title')}</PageTitle>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!write.isPending) write.mutate({ invitation, relationship });
        }}
      >
        <Stack maw={640}>
          <Text size="sm">{t('invitation.text')}</Text>
          <TextInput
            required
            label={t('invitation.secret')}
            placeholder="ABCD-EFGH-JKLM-NPQR"
            autoComplete="one-time-code"
            value={invitation}
            onChange={(event) => setInvitation(event.currentTarget.value)}
          />
          <NativeSelect
            required
            label={t('form.relationship')}
            value={relationship}
            onChange={(event) => setRelationship(event.currentTarget.value)}
            data={['', ...relationships].map((value) => ({
              ...{ value, label: value === '' ? t('form.choose') : t(`relationship.${value}`) },
            }))}
          />
          <Failure error={write.error} />
          <Group>
            <Button type="submit" loading={write.isPending}>
              {t('invitation.accept')}
            </Button>
            <Button variant="default" onClick={() => go('/people')}>
              {t('close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
};
