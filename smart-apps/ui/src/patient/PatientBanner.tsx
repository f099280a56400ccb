// PatientBanner: whose record this is: name, age, sex and health ID, always in sight; two lines on a phone.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling

import type { ReactNode } from 'react';
import { Badge, Group, Paper, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { uhidOf } from '../format/person.ts';
import { useFormat } from '../format/useFormat.ts';
import classes from './PatientBanner.module.css';

export interface PatientBannerProps {
  readonly patient: Patient;
  /** Before the name, such as "The record of". */
  readonly lead?: string;
  readonly actions?: ReactNode;
}

export const PatientBanner = ({ patient, lead, actions }: PatientBannerProps) => {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const { name, birthDate, gender = 'unknown', deceasedBoolean, deceasedDateTime } = patient;
  const uhid = uhidOf(patient.identifier);
  const hasDied = deceasedBoolean === true || deceasedDateTime !== undefined;
  return (
    <Paper withBorder px="sm" py={6} mb="md" component="section" aria-label={t('patient.banner')}>
      <Group justify="space-between" gap="xs">
        <div className={classes.words}>
          <div className={classes.line}>
            <Text fw={700} className={classes.name}>
              {lead} {format.name(name)}
            </Text>
            {hasDied ? <Badge color="gray">{t('patient.deceased')}</Badge> : null}
            {/* Nobody has an age any more who has died. */}
            {hasDied ? null : <Text size="sm">{format.age(birthDate)}</Text>}
            <Text size="sm">{t(`patient.gender.${gender}`)}</Text>
          </div>
          <div className={classes.line}>
            <Text size="sm">{format.date(birthDate)}</Text>
            {uhid === undefined ? null : (
              <Text size="sm" ff="monospace" dir="ltr">
                {format.uhid(uhid)}
              </Text>
            )}
          </div>
        </div>
        {actions}
      </Group>
    </Paper>
  );
};
