// PrescribePage: writing a prescription of one or several medicines, and what is prescribed now.

import { Stack } from '@mantine/core';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { PatientPage } from '../writing/PatientPage.tsx';
import { CurrentMedicines } from './CurrentMedicines.tsx';
import { Renewal } from './Renewal.tsx';
import { PrescribeForm } from './PrescribeForm.tsx';
import { useKnown } from './useKnown.ts';

export const PrescribePage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('prescribe');
  return (
    <PatientPage patient={id} title={t('title')}>
      {() => <Prescribing key={id} patient={id} />}
    </PatientPage>
  );
};

const Prescribing = ({ patient }: { readonly patient: string }) => {
  const known = useKnown(patient);
  const [parameters] = useSearchParams();
  const renews = parameters.get('renew');
  return (
    <Stack gap="xl">
      {renews === null ? (
        <PrescribeForm key="new" {...{ patient, known }} />
      ) : (
        <Renewal key={renews} {...{ patient, known, renews }} />
      )}
      <CurrentMedicines {...{ patient, known }} />
    </Stack>
  );
};
