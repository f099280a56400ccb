// Loading: something is on its way, said to screen readers too.

import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const Loading = ({ label }: { readonly label?: string }) => {
  const { t } = useTranslation('ui');
  return (
    <Group role="status" justify="center" p="xl" gap="sm">
      <Loader size="sm" aria-hidden />
      <Text>{label ?? t('states.loading')}</Text>
    </Group>
  );
};
