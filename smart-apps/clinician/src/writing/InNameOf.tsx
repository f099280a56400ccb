// InNameOf: for which hospital somebody writes or books who works for several.

import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOwnRole } from './useOwnRole.ts';

export const InNameOf = () => {
  const { t } = useTranslation('writing');
  const { organization, isOneOfSeveral } = useOwnRole();
  if (!isOneOfSeveral) return null;
  return <Text size="sm">{t('inNameOf', { name: organization?.name ?? '' })}</Text>;
};
