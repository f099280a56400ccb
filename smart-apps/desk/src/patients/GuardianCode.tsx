// GuardianCode: the code by which somebody who was asked agrees to a guardian, told at the counter.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { confirmGuardian } from './guardianship.ts';

export interface GuardianCodeProps {
  readonly ticket: string;
  readonly onDone: () => void;
}

export const GuardianCode = ({ ticket, onDone }: GuardianCodeProps) => {
  const { t } = useTranslation('patients');
  const [code, setCode] = useState('');
  const confirming = useWrite(confirmGuardian, ['RelatedPerson', 'Consent']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirming.mutate(
          { ticket: confirming.data?.state === 'pending' ? confirming.data.ticket : ticket, code },
          { onSuccess: ({ state }) => (state === 'done' ? onDone() : setCode('')) },
        );
      }}
    >
      <Stack align="flex-start">
        <Text role="status">{t('guardian.pending')}</Text>
        <TextInput
          label={t('guardian.code')}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <Failure error={confirming.error} />
        <Button type="submit" loading={confirming.isPending} disabled={code.trim() === ''}>
          {t('guardian.confirm')}
        </Button>
      </Stack>
    </form>
  );
};
