// ChartPanels: the parts of the chart. What a doctor must not miss is drawn first; the rest follows in the next moment, from the
// same answer.

import { useDeferredValue } from 'react';
import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Allergies } from './Allergies.tsx';
import { LowerPanels } from './LowerPanels.tsx';
import { Medicines } from './Medicines.tsx';
import { Problems } from './Problems.tsx';
import { useLower } from './useLower.ts';

export const ChartPanels = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('ui');
  const lower = useLower(patient);
  const isLowerDrawn = useDeferredValue(!lower.vitals.isLoading, false);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        <Problems patient={patient} />
        <Medicines patient={patient} />
        <Allergies patient={patient} />
      </SimpleGrid>
      {isLowerDrawn ? (
        <LowerPanels lower={lower} />
      ) : (
        <Skeleton height={300} role="status" aria-label={t('states.loading')} />
      )}
    </Stack>
  );
};
