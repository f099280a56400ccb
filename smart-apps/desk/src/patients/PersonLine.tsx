// PersonLine: who somebody is, on one line: name, birth date, sex, health ID.

import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Group, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const PersonLine = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('patients');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const uhid = uhidOf(patient.identifier);
  return (
    <Group gap="0.25rem 0.75rem" component="span">
      <Text fw={600} component="span">
        {format.name(patient.name) || t('nameless')}
      </Text>
      <Text size="sm" component="span">
        {format.date(patient.birthDate)}
      </Text>
      <Text size="sm" component="span">
        {ui(`patient.gender.${patient.gender ?? 'unknown'}`)}
      </Text>
      <Text size="sm" ff="monospace" component="span">
        {uhid === undefined ? t('noUhid') : format.uhid(uhid)}
      </Text>
    </Group>
  );
};
