// NotePage: the note of a visit, from why the patient came to the signature.

import { useState } from 'react';
import { Alert, Anchor, Stack } from '@mantine/core';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PatientPage } from '../writing/PatientPage.tsx';
import { NoteForm } from './NoteForm.tsx';
import type { Ending } from './useNote.ts';
import { useVisit } from './useVisit.ts';

export const NotePage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('note');
  return (
    <PatientPage patient={id} title={t('title')}>
      {() => <Writing key={id} patient={id} />}
    </PatientPage>
  );
};

const Writing = ({ patient }: { readonly patient: string }) => {
  const visit = useVisit(patient);
  const [ended, setEnded] = useState<Ending>();
  if (ended !== undefined) return <Written {...{ patient, ended }} />;
  return (
    <>
      <Failure error={visit.error} again={visit.again} />
      {visit.isKnown ? <NoteForm {...{ patient, visit }} onWritten={setEnded} /> : <Loading />}
    </>
  );
};

const Written = ({ patient, ended }: { readonly patient: string; readonly ended: Ending }) => {
  const { t } = useTranslation('note');
  return (
    <Stack role="status">
      <Alert color="green" title={t(`written.${ended}`)} />
      {(['prescribe', 'orders', 'follow-up'] as const).map((way) => (
        <Anchor key={way} component={Link} href={`/patients/${patient}/${way}`}>
          {t(`next.${way}`)}
        </Anchor>
      ))}
    </Stack>
  );
};
