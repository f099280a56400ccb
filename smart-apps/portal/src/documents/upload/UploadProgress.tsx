// UploadProgress: how much of a file has been sent, and the way to stop it.

import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface UploadProgressProps {
  /** 0 to 1. */
  readonly sent: number;
  readonly cancel: () => void;
}

export const UploadProgress = ({ sent, cancel }: UploadProgressProps) => {
  const { t } = useTranslation('documents');
  const percent = Math.round(sent * 100);
  return (
    <div>
      <Group justify="space-between">
        <Text size="sm">{t('sending', { percent })}</Text>
        <Button variant="subtle" size="compact-sm" onClick={cancel}>
          {t('cancel')}
        </Button>
      </Group>
      <Progress value={percent} aria-label={t('progress')} />
    </div>
  );
};
