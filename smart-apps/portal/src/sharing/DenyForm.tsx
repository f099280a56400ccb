// DenyForm: refuses a request; who asked is not told.

import { useState } from 'react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { deny } from './answer.ts';
import type { AnswerProps } from './ApproveForm.tsx';

export const DenyForm = ({ task, close }: AnswerProps) => {
  const { t } = useTranslation('sharing');
  const [reason, setReason] = useState('');
  const write = useWrite(deny, ['Task']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!write.isPending) write.mutate({ task, reason }, { onSuccess: close });
      }}
    >
      <Stack>
        <Text>{t('deny.text')}</Text>
        <TextInput
          label={t('deny.reason')}
          description={t('deny.reasonHint')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Failure error={write.error} conflictText={t('approve.conflict')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('close')}
          </Button>
          <Button type="submit" color="red" loading={write.isPending}>
            {t('deny.now')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
