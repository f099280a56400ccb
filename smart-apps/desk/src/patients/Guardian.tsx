// Guardian: lets a parent or guardian who is known here look after the record of a child.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { GuardianCode } from './GuardianCode.tsx';
import { linkGuardian, relationships, type Relationship } from './guardianship.ts';
import { PatientPicker } from './PatientPicker.tsx';
import { PersonLine } from './PersonLine.tsx';

export const Guardian = ({ child }: { readonly child: Patient }) => {
  const { t } = useTranslation('patients');
  const format = useFormat();
  const [guardian, setGuardian] = useState<Patient>();
  const [relationship, setRelationship] = useState<Relationship>('MTH');
  const [isConfirmed, setConfirmed] = useState(false);
  const linking = useWrite(linkGuardian, ['RelatedPerson', 'Consent']);
  const name = format.name(guardian?.name);
  const linked = linking.data;
  return (
    <Paper withBorder p="md" component="section">
      <Stack>
        <Title order={2} size="h4">
          {t('guardian.title')}
        </Title>
        <Text size="sm">{t('guardian.minor')}</Text>
        {guardian === undefined ? (
          <PatientPicker label={t('guardian.who')} onPick={setGuardian} />
        ) : (
          <Group justify="space-between">
            <PersonLine patient={guardian} />
            {linked === undefined ? (
              <Button variant="default" size="xs" onClick={() => setGuardian(undefined)}>
                {t('guardian.other')}
              </Button>
            ) : null}
          </Group>
        )}
        {guardian === undefined || linked !== undefined ? null : (
          <>
            <NativeSelect
              label={t('guardian.relationship')}
              value={relationship}
              onChange={({ currentTarget }) => setRelationship(currentTarget.value as Relationship)}
              data={relationships.map((code) => ({ value: code, label: t(`guardian.${code}`) }))}
            />
            <Failure error={linking.error} />
            <Button
              loading={linking.isPending}
              onClick={() =>
                linking.mutate({
                  ...{ child: child.id ?? '', guardian: guardian.id ?? '', relationship },
                })
              }
            >
              {t('guardian.link', { name })}
            </Button>
          </>
        )}
        {linked?.state === 'pending' && !isConfirmed ? (
          <GuardianCode ticket={linked.ticket} onDone={() => setConfirmed(true)} />
        ) : null}
        {linked?.state === 'done' || isConfirmed ? (
          <Alert color="green" role="status">
            {t('guardian.linked', { name })}
          </Alert>
        ) : null}
      </Stack>
    </Paper>
  );
};
