// PatientBanner: whose record this is: name, age, sex and health ID, always in sight.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling

import type { ReactNode } from 'react';
import { Badge, Group, Paper, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { uhidOf } from '../format/person.ts';
import { useFormat } from '../format/useFormat.ts';

export interface PatientBannerProps {
  readonly patient: Patient;
  /** Before the name, such as "The record of". */
  readonly lead?: string;
  readonly actions?: ReactNode;
}

export const PatientBanner = ({ patient, lead, actions }: PatientBannerProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const uhid = uhidOf(patient.identifier);
  return (
    <Paper withBorder p="sm" mb="md" component="section" aria-label={t('patient.banner')}>
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={700}>
            {lead} {format.name(patient.name)}
          </Text>
          {patient.deceasedBoolean || patient.deceasedDateTime ? (
            <Badge color="gray">{t('patient.deceased')}</Badge>
          ) : null}
          <Text size="sm">
            {format.date(patient.birthDate)} ({format.age(patient.birthDate)})
          </Text>
          <Text size="sm">{t(`patient.gender.${patient.gender ?? 'unknown'}`)}</Text>
          {uhid === undefined ? null : (
            <Text size="sm" ff="monospace">
              {format.uhid(uhid)}
            </Text>
          )}
        </Group>
        {actions}
      </Group>
    </Paper>
  );
};
