// AllergyFlags: below the banner: which allergies there are, or that none is on record. Never hidden behind a scroll.

import { Alert, Badge, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { AllergyIntolerance } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { isDangerous, warningsOf } from './allergy.ts';
import { allergiesOf } from './questions.ts';

export const AllergyFlags = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const found = useSearchTogether<AllergyIntolerance>('AllergyIntolerance', allergiesOf(patient));
  const { allergies } = warningsOf(found.items);
  if (found.isLoading || allergies.length === 0) return null;
  return (
    <Alert color="red" p="xs" mb="md" icon={<IconAlertTriangle aria-hidden />}>
      <Group gap="xs">
        {t('allergies.flag')}
        {allergies.map((allergy) => (
          <Badge key={allergy.id} color="red" tt="none" variant="outline">
            {format.concept(allergy.code)}
            {isDangerous(allergy) ? ` (${t('allergies.high')})` : ''}
          </Badge>
        ))}
      </Group>
    </Alert>
  );
};
