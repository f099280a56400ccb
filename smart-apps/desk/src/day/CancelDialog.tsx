// CancelDialog: asks before a visit is cancelled, and why.

import { useState } from 'react';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface CancelDialogProps {
  readonly isOpen: boolean;
  readonly name: string;
  readonly onClose: () => void;
  readonly onCancel: (reason: string) => void;
}

export const CancelDialog = ({ isOpen, name, onClose, onCancel }: CancelDialogProps) => {
  const { t } = useTranslation('day');
  const [reason, setReason] = useState('');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('cancelTitle')}
      closeButtonProps={{ 'aria-label': t('keep') }}
    >
      <Stack>
        <Text>{t('cancelText', { name })}</Text>
        <Textarea
          label={t('reason')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('keep')}
          </Button>
          <Button color="red" onClick={() => onCancel(reason)}>
            {t('cancelNow')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
