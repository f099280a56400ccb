// OpenRecord: always in sight: whose record the portal shows; somebody else's looks different from one's own.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Anchor, Badge, Group, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './OpenRecord.module.css';

export const OpenRecord = () => {
  const { t } = useTranslation('portal');
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const { patient, user } = useSession();
  const { data } = useRead<Patient>('Patient', patient);
  if (data === undefined) return null;
  const whose = user === `Patient/${patient ?? ''}` ? 'mine' : 'other';
  const uhid = format.uhid(uhidOf(data.identifier));
  return (
    <section
      className={classes.strip}
      data-whose={whose}
      data-print="hide"
      aria-label={ui('patient.banner')}
    >
      <Group gap="0 0.75rem" justify="space-between">
        <Group gap="0 0.75rem">
          <Text size="sm">
            {t(`record.${whose}`)} <b>{format.name(data.name)}</b>
          </Text>
          {data.deceasedBoolean || data.deceasedDateTime ? (
            <Badge color="gray">{ui('patient.deceased')}</Badge>
          ) : null}
          <Text size="sm">{format.age(data.birthDate)}</Text>
          <Text size="sm" ff="monospace">
            {uhid}
          </Text>
        </Group>
        {whose === 'mine' ? null : (
          <Anchor component={Link} href="/people" size="sm">
            {t('record.change')}
          </Anchor>
        )}
      </Group>
    </section>
  );
};
