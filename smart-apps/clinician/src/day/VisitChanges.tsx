// VisitChanges: buttons for what can be noted of a visit as it stands.

import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { changesOf, patientNameOf, type Visit } from './visit.ts';
import type { VisitsProps } from './visits-props.ts';

export const VisitChanges = ({
  visit,
  now,
  changing,
  change,
}: VisitsProps & { readonly visit: Visit }) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const { appointment, patient } = visit;
  const name = format.name(patient?.name) || (patientNameOf(appointment) ?? t('noPatient'));
  return (
    <Group gap="xs">
      {changesOf(visit, now).map((kind, place) => (
        <Button
          key={kind}
          size="compact-sm"
          variant={place === 0 ? 'light' : 'subtle'}
          loading={changing === appointment.id}
          aria-label={t('changeOf', { change: t(`change.${kind}`), name })}
          onClick={() => change({ visit: appointment, change: kind })}
        >
          {t(`change.${kind}`)}
        </Button>
      ))}
    </Group>
  );
};
