// GiveUpDialog: asks before a report that waits is given up, and why.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cancelUpload } from './held.ts';

export interface GiveUpDialogProps {
  readonly task: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export const GiveUpDialog = ({ task, isOpen, onClose }: GiveUpDialogProps) => {
  const { t } = useTranslation('held');
  const [reason, setReason] = useState('');
  const giving = useWrite(cancelUpload, ['Task'], onClose);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('giveUpTitle')}
      closeButtonProps={{ 'aria-label': t('keep') }}
    >
      <Stack>
        <Text>{t('giveUpText')}</Text>
        <TextInput
          label={t('reason')}
          value={reason}
          maxLength={500}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Failure error={giving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('keep')}
          </Button>
          <Button
            color="red"
            loading={giving.isPending}
            onClick={() => giving.mutate({ task, reason })}
          >
            {t('giveUp')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
