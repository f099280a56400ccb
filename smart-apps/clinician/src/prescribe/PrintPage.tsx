// PrintPage: what was prescribed, as it goes on paper. `ids` are those of its MedicationRequests, with commas between.

import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { MedicationRequest } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PatientPage } from '../writing/PatientPage.tsx';
import { PrintedPrescription } from './PrintedPrescription.tsx';

export const PrintPage = ({ params: { id = '', ids = '' } }: PageProps) => {
  const { t } = useTranslation('prescribe');
  const found = useSearch<MedicationRequest>('MedicationRequest', {
    ...{ _id: ids, patient: id, _count: 50 },
    _include: 'MedicationRequest:medication',
  });
  return (
    <PatientPage patient={id} title={t('print.title')}>
      {(patient) => (
        <Listed found={found} empty={{ title: t('print.none') }}>
          {(requests) => (
            <>
              <Group data-print="hide">
                <Button
                  leftSection={<IconPrinter size={18} aria-hidden />}
                  onClick={() => globalThis.print()}
                >
                  {t('print.print')}
                </Button>
                <Button component={Link} href={`/patients/${id}/prescribe`} variant="default">
                  {t('print.another')}
                </Button>
              </Group>
              <PrintedPrescription
                patient={patient}
                requests={inOrder(ids.split(','), requests)}
                included={found.included}
              />
            </>
          )}
        </Listed>
      )}
    </PatientPage>
  );
};

/** As they were written. */
const inOrder = (
  ids: readonly string[],
  requests: readonly MedicationRequest[],
): readonly MedicationRequest[] =>
  ids.flatMap((id) => requests.find((request) => request.id === id) ?? []);
