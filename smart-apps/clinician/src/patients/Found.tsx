// Found: who was found; and where nobody was, why that may be and what to do.

import { Alert, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { FoundByUhid } from './FoundByUhid.tsx';
import { PatientTable } from './PatientTable.tsx';
import { uhidDigits, type Question } from './question.ts';
import { patientElements } from './shown.ts';

export const Found = ({ question }: { readonly question: Question }) => {
  const { t } = useTranslation('patients');
  switch (question.kind) {
    case 'nothing':
      return null;
    case 'too-short':
      return <Text role="status">{t('tooShort')}</Text>;
    case 'digits':
      return (
        <Alert role="status" color="orange" title={t('digits.title', { wanted: uhidDigits })}>
          {t('digits.text', { wanted: uhidDigits, typed: question.count })}
        </Alert>
      );
    case 'uhid':
      return <FoundByUhid uhid={question.uhid} />;
    case 'search':
      return <FoundByName question={question} />;
  }
};

const FoundByName = ({
  question,
}: {
  readonly question: Question & { readonly kind: 'search' };
}) => {
  const { t } = useTranslation('patients');
  const found = useSearch<Patient>('Patient', {
    ...question.parameters,
    ...{ _sort: 'family,given', _count: 10, _elements: patientElements },
  });
  return (
    <>
      <Text role="status" size="sm" mb="xs">
        {found.isLoading || found.total === undefined ? '' : t('count', { count: found.total })}
      </Text>
      <Listed found={found} empty={{ title: t('none.title'), text: t('none.text') }}>
        {(patients) => <PatientTable patients={patients} label={t('found')} />}
      </Listed>
    </>
  );
};
