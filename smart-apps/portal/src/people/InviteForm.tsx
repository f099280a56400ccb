// InviteForm: lets one more person look after this record: a secret goes to their address, and works once.

import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { invite } from './register.ts';

export const InviteForm = () => {
  const { t } = useTranslation('people');
  const { patient = '' } = useSession();
  const [contact, setContact, clear] = useDraft(`invite-${patient}`, '');
  const write = useWrite(invite, []);
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {t('invite.title')}
      </Title>
      <Text size="sm">{t('invite.text')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!write.isPending) write.mutate({ patient, contact }, { onSuccess: clear });
        }}
      >
        <Stack gap="sm" align="flex-start">
          <TextInput
            required
            w="100%"
            label={t('form.contact')}
            description={t('form.contactHint')}
            autoComplete="off"
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <Failure error={write.error} />
          <div role="status">
            {write.isSuccess ? <Alert color="teal">{t('invite.sent')}</Alert> : null}
          </div>
          <Button type="submit" variant="default" loading={write.isPending}>
            {t('invite.send')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
};
