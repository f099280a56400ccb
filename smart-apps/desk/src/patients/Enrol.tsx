// Enrol: a Patient who has no health ID yet gets one, unless somebody alike is known.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Paper, Stack, Text } from '@mantine/core';
import type { Patient, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export const Enrol = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('patients');
  const enrolling = useWrite(
    (fhir, id: string) => operate<Patient | Task>(fhir, `Patient/${id}/$enrol`),
    ['Patient', 'Task'],
  );
  return (
    <Paper withBorder p="md">
      <Stack>
        <Text>{t('noUhidYet')}</Text>
        <Failure error={enrolling.error} />
        {enrolling.data?.resourceType === 'Task' ? (
          <Alert role="status" color="yellow">
            <Stack gap="sm" align="flex-start">
              <Text>{t('asked')}</Text>
              <Button component={Link} href={`/duplicates/${enrolling.data.id ?? ''}`} size="xs">
                {t('toDuplicates')}
              </Button>
            </Stack>
          </Alert>
        ) : (
          <Button loading={enrolling.isPending} onClick={() => enrolling.mutate(patient.id ?? '')}>
            {t('enrol')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
};
