// LaunchVisit: the encounter the app was launched in, so that nobody writes into another visit than the one that is open.

import { Text } from '@mantine/core';
import type { Encounter } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { useReadTogether } from '../fhir/useTogether.ts';

export const LaunchVisit = ({ encounter }: { readonly encounter: string | undefined }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const { data } = useReadTogether<Encounter>('Encounter', encounter);
  if (data === undefined) return null;
  const { period, type, class: kind } = data;
  const what = format.concept(type?.[0]) || format.coding(kind);
  return (
    <Text size="sm" mb="xs">
      {t('visit.open', { what, when: format.dateTime(period?.start) })}
    </Text>
  );
};
