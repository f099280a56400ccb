// NobodyHasIt: in an emergency one is told that a number is nobody's, so that it is compared with the card again.

import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const NobodyHasIt = () => {
  const { t } = useTranslation('access');
  return (
    <Alert role="alert" color="orange" title={t('emergency.nobody.title')}>
      {t('emergency.nobody.text')}
    </Alert>
  );
};
