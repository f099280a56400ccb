// Full: the place somebody wanted was taken meanwhile; says so, and offers what is still free.

import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface FullProps {
  /** In place of the usual words. */
  readonly title?: string;
  readonly text?: string;
  /** Shows other times; what was typed stays. */
  readonly otherTimes: () => void;
}

export const Full = ({ title, text, otherTimes }: FullProps) => {
  const { t } = useTranslation('ui');
  return (
    <Alert role="alert" color="orange" title={title ?? t('full.title')}>
      <Stack gap="xs" align="start">
        <Text size="sm">{text ?? t('full.text')}</Text>
        <Button size="xs" onClick={otherTimes}>
          {t('full.otherTimes')}
        </Button>
      </Stack>
    </Alert>
  );
};
