// PrescriptionPage: one prescription as it can be shown at a pharmacy or printed.

import { useRead, useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { MedicationRequest, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { BackLink } from '../record/details/BackLink.tsx';
import { Prescription } from './Prescription.tsx';

export const PrescriptionPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('medicines');
  const { patient } = useSession();
  const person = useRead<Patient>('Patient', patient);
  // A search, because medicine, dispenses and prescriber come along.
  const found = useSearch<MedicationRequest>('MedicationRequest', {
    _id: id,
    _include: ['MedicationRequest:medication', 'MedicationRequest:requester'],
    _revinclude: 'MedicationDispense:prescription',
  });
  const [order] = found.items;
  return (
    <>
      <BackLink to="/medicines" label={t('back')} />
      <PageTitle
        actions={
          order === undefined ? null : (
            <Button
              data-print="hide"
              variant="default"
              leftSection={<IconPrinter size={18} aria-hidden />}
              onClick={() => globalThis.print()}
            >
              {t('print')}
            </Button>
          )
        }
      >
        {t('prescription')}
      </PageTitle>
      {found.isLoading ? <Loading /> : null}
      <Failure error={found.error} again={found.again} />
      {!found.isLoading && found.error === null && order === undefined ? (
        <Group>{t('notThere')}</Group>
      ) : null}
      {order === undefined ? null : (
        <Prescription order={order} included={found.included} patient={person.data} />
      )}
    </>
  );
};
