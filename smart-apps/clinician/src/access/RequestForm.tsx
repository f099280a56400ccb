// RequestForm: which records, for what, until when; nothing of the patient is told until the patient agrees.

import { useState, type SubmitEvent } from 'react';
import { Alert, Stack } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { ErrorSummary } from '@meridian/ui/forms/ErrorSummary.tsx';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { plusDays, today } from '@meridian/ui/time/day.ts';
import { useTranslation } from 'react-i18next';
import { requestAccess, type Wanted } from './request.ts';
import { RequestFields } from './RequestFields.tsx';
import { faultsOf } from './wanted-faults.ts';

export const RequestForm = ({ uhid }: { readonly uhid: string }) => {
  const { t } = useTranslation('access');
  const [wanted, setWanted, clear] = useDraft(`access:${uhid}`, wantedFor(uhid));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const ask = useWrite(requestAccess, ['Task'], clear);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = faultsOf(wanted);
    setFaults(found);
    if (found.length === 0) ask.mutate(wanted);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('ask.title')}>
      <ErrorSummary errors={faults.map((field) => ({ field, text: t(`faults.${field}`) }))} />
      <Stack>
        <RequestFields wanted={wanted} change={setWanted} faults={faults} />
      </Stack>
      <FormActions submit={t('ask.submit')} isSending={ask.isPending} error={ask.error} />
      <div role="status">
        {ask.data === undefined ? null : (
          <Alert color="green" mt="md" title={t('ask.sent')}>
            {t('ask.sentText')}
          </Alert>
        )}
      </div>
    </form>
  );
};

/** A month, which is the longest with a code at the desk. */
const wantedFor = (uhid: string): Wanted => ({
  ...{ uhid, purpose: 'TREAT', text: '', isAtDesk: false },
  kinds: ['allergies', 'medications', 'conditions', 'results'],
  until: plusDays(today(), 30),
});
