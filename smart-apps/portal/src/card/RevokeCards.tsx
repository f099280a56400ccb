// RevokeCards: makes every card that was given out until now worth nothing: for a phone or a paper that was lost.

import { useState } from 'react';
import { Alert, Button, Modal, Stack, Text, Title } from '@mantine/core';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { Confirm } from '@meridian/ui/forms/Confirm.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { useTranslation } from 'react-i18next';

export const RevokeCards = () => {
  const { t } = useTranslation('card');
  const { patient = '' } = useSession();
  const [isAsking, setAsking] = useState(false);
  const write = useWrite(
    (fhir: Fhir, of: string) => operate(fhir, `Patient/${of}/$health-cards-revoke`),
    ['HealthCard'],
  );
  const close = (): void => setAsking(false);
  return (
    <Stack component="section" gap="sm" align="flex-start" data-print="hide">
      <Title order={2} size="h4">
        {t('revoke.title')}
      </Title>
      <Text size="sm">{t('revoke.text')}</Text>
      <div role="status">
        {write.isSuccess ? <Alert color="teal">{t('revoke.done')}</Alert> : null}
      </div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('revoke.open')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={close}
        title={t('revoke.ask')}
        closeButtonProps={{ 'aria-label': t('revoke.keep') }}
      >
        <Confirm
          {...{ write, close }}
          text={t('revoke.askText')}
          keep={t('revoke.keep')}
          now={t('revoke.now')}
          confirm={() => write.mutate(patient, { onSuccess: close })}
        />
      </Modal>
    </Stack>
  );
};
