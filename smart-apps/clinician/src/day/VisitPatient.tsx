// VisitPatient: who comes, and the way to the chart where it is open to this hospital.

import { Anchor, Text } from '@mantine/core';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { patientNameOf, type Visit } from './visit.ts';

export const VisitPatient = ({ visit: { patient, appointment } }: { readonly visit: Visit }) => {
  const { t } = useTranslation(['day', 'ui']);
  const format = useFormat();
  if (patient === undefined) return <Text>{patientNameOf(appointment) ?? t('noPatient')}</Text>;
  const { id = '', name, birthDate, gender = 'unknown', identifier } = patient;
  return (
    <>
      <Anchor component={Link} href={`/patients/${id}`} data-row>
        {format.name(name)}
      </Anchor>
      <Text size="sm" fw={400}>
        {format.age(birthDate)}, {t(`ui:patient.gender.${gender}`)}
      </Text>
      <Text size="xs" fw={400} ff="monospace" c="dimmed">
        {format.uhid(uhidOf(identifier))}
      </Text>
    </>
  );
};
