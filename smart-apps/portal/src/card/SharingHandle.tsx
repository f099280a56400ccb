// SharingHandle: a name to hand out instead of the health ID: whoever has it may ask for access, and it can be taken back.

import { useState } from 'react';
import { Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import type { Parameters } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

type Action = 'issue' | 'rotate' | 'revoke';

export const SharingHandle = () => {
  const { t } = useTranslation('card');
  const { patient = '' } = useSession();
  const [handle, setHandle] = useState<string>();
  const write = useWrite(
    (fhir: Fhir, action: Action) => askHandle(fhir, { patient, action }),
    ['AuditEvent'],
  );
  const act = (action: Action): void => {
    if (!write.isPending) write.mutate(action, { onSuccess: setHandle });
  };
  const isRevoked = write.variables === 'revoke' && write.isSuccess;
  return (
    <Stack component="section" gap="sm" data-print="hide">
      <Title order={2} size="h4">
        {t('handle.title')}
      </Title>
      <Text size="sm">{t('handle.text')}</Text>
      <div role="status">
        {handle === undefined ? (
          <Text size="sm">{isRevoked ? t('handle.revoked') : ''}</Text>
        ) : (
          <Text ff="monospace" fw={700} fz="xl">
            {handle}
          </Text>
        )}
      </div>
      <Failure error={write.error} />
      <Group>
        {handle === undefined ? (
          <Button variant="default" loading={write.isPending} onClick={() => act('issue')}>
            {t('handle.show')}
          </Button>
        ) : (
          <>
            <CopyButton value={handle}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? t('handle.copied') : t('handle.copy')}
                </Button>
              )}
            </CopyButton>
            <Button variant="default" loading={write.isPending} onClick={() => act('rotate')}>
              {t('handle.rotate')}
            </Button>
            <Button variant="default" loading={write.isPending} onClick={() => act('revoke')}>
              {t('handle.revoke')}
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
};

/** undefined once it is taken back. */
const askHandle = async (
  fhir: Fhir,
  { patient, action }: { readonly patient: string; readonly action: Action },
): Promise<string | undefined> => {
  const { parameter } = await operate<Parameters>(fhir, `Patient/${patient}/$alias`, [
    { name: 'action', valueCode: action },
  ]);
  return parameter?.[0]?.valueString;
};
