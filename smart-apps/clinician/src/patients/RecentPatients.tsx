// RecentPatients: who was opened in this tab, to go back to.

import { useState } from 'react';
import { Title } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { PatientTable } from './PatientTable.tsx';
import { inOrder, recentPatients } from './recent.ts';
import { patientElements } from './shown.ts';

export const RecentPatients = () => {
  const { t } = useTranslation('patients');
  const [ids] = useState(recentPatients);
  const found = useSearch<Patient>(
    'Patient',
    ids.length === 0 ? undefined : { _id: ids.join(','), _elements: patientElements },
  );
  if (ids.length === 0) return null;
  return (
    <section aria-labelledby="recent">
      <Title order={2} size="h5" id="recent" mb="xs">
        {t('recent')}
      </Title>
      <Listed found={found} empty={{ title: t('recentNone') }}>
        {(patients) => <PatientTable patients={inOrder(ids, patients)} label={t('recent')} />}
      </Listed>
    </section>
  );
};
