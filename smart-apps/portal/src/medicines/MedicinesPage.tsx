// MedicinesPage: what is taken now, and below it what was taken before.

import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { onlyPrescribed, standingOf, type Standing } from '@meridian/ui/record/standing.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { Stack, Title } from '@mantine/core';
import type { MedicationRequest } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { today } from '../sharing/days.ts';
import { MedicineCard } from './MedicineCard.tsx';

const current = 'active,on-hold';
const past = 'completed,stopped,cancelled,unknown';

export const MedicinesPage = () => {
  const { t } = useTranslation('medicines');
  const now = usePrescriptions(current);
  const before = usePrescriptions(past);
  const day = today();
  const of = (standing: Standing) =>
    now.items.filter((order) => standingOf(order, day) === standing);
  const never = of('never');
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Stack gap="xl">
        {never.length === 0 ? null : (
          <Group name="never" found={{ ...now, items: never, more: undefined }} />
        )}
        <Group name="now" found={{ ...now, items: of('now') }} />
        <Group
          name="before"
          found={{
            ...before,
            items: [...of('before'), ...before.items],
            included: [...now.included, ...before.included],
          }}
        />
      </Stack>
    </>
  );
};

const usePrescriptions = (status: string): Found<MedicationRequest> => {
  const { patient } = useSession();
  return useSearch<MedicationRequest>('MedicationRequest', {
    ...{ patient, status, _sort: '-authoredon', _count: status === current ? 100 : 20 },
    ...onlyPrescribed,
    _include: 'MedicationRequest:medication',
    _revinclude: 'MedicationDispense:prescription',
  });
};

interface GroupProps {
  readonly name: Standing;
  readonly found: Found<MedicationRequest>;
}

const Group = ({ name, found }: GroupProps) => {
  const { t } = useTranslation('medicines');
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
