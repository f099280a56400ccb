// OfflineLine: says while there is no network that what is shown may be old.

import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

export const OfflineLine = () => {
  const { t } = useTranslation('ui');
  const { online } = useNetwork();
  return (
    <div role="status">
      {online ? null : (
        <Alert color="orange" mb="sm">
          {t('shell.offline')}
        </Alert>
      )}
    </div>
  );
};
