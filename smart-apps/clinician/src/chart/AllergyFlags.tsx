// AllergyFlags: below the banner: which allergies there are, or that none is on record. Never hidden behind a scroll.

import { Alert, Badge, Group, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { AllergyIntolerance } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { isDangerous, warningsOf } from './allergy.ts';
import { NotedAllergies } from './NotedAllergies.tsx';
import { allergiesOf } from './questions.ts';
import { isWhole, useWhole } from './useWhole.ts';

export const AllergyFlags = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation(['chart', 'ui']);
  const found = useWhole(
    useSearchTogether<AllergyIntolerance>('AllergyIntolerance', allergiesOf(patient)),
  );
  const { allergies, isNoneNoted, noted } = warningsOf(found.items);
  if (found.isLoading)
    return <Skeleton height={14} mb="md" role="status" aria-label={t('ui:states.loading')} />;
  return (
    <>
      {allergies.length === 0 ? null : <Flags allergies={allergies} />}
      <NotedAllergies noted={noted} />
      {isWhole(found) && allergies.length === 0 && (isNoneNoted || noted.length === 0) ? (
        <Text size="sm" mb="md">
          {t(isNoneNoted ? 'allergies.noneNoted' : 'allergies.none')}
        </Text>
      ) : null}
      {found.error === null ? null : <Text size="sm">{t('allergies.notWhole')}</Text>}
      <Failure error={found.error} again={found.again} />
    </>
  );
};

const Flags = ({ allergies }: { readonly allergies: readonly AllergyIntolerance[] }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
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
