// InNameOf: for which hospital times are looked for by somebody who works for several.

import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHospital } from './useHospital.ts';

export const InNameOf = () => {
  const { t } = useTranslation('visits');
  const { name, isOneOfSeveral } = useHospital();
  return isOneOfSeveral ? <Text size="sm">{t('inNameOf', { name })}</Text> : null;
};
