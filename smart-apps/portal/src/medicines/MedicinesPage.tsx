// MedicinesPage: what is taken now, and below it what was taken before.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { Stack, Title } from '@mantine/core';
import type { MedicationRequest } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { MedicineCard } from './MedicineCard.tsx';

const groups = [
  { name: 'now', status: 'active,on-hold' },
  { name: 'before', status: 'completed,stopped,cancelled,unknown' },
] as const;

export const MedicinesPage = () => {
  const { t } = useTranslation('medicines');
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Stack gap="xl">
        {groups.map((group) => (
          <Group key={group.name} {...group} />
        ))}
      </Stack>
    </>
  );
};

const Group = ({ name, status }: (typeof groups)[number]) => {
  const { t } = useTranslation('medicines');
  const { patient } = useSession();
  const found = useSearch<MedicationRequest>('MedicationRequest', {
    ...{ patient, status, _sort: '-authoredon', _count: 20 },
    _include: 'MedicationRequest:medication',
    _revinclude: 'MedicationDispense:prescription',
  });
  return (
    <section>
      <Title order={2} size="h5" mb="sm">
        {t(name)}
      </Title>
      <Listed found={found} empty={{ title: t(`none.${name}`) }}>
        {(orders) => (
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {orders.map((order) => (
              <MedicineCard
                key={order.id}
                order={order}
                included={found.included}
                isPast={name === 'before'}
              />
            ))}
          </Stack>
        )}
      </Listed>
    </section>
  );
};
