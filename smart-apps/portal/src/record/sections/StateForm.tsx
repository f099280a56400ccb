// StateForm: adds a condition, an allergy or an immunization in the person's own words.

import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { create } from '@meridian/ui/fhir/write.ts';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Card, Stack, TextInput, Textarea } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../sharing/days.ts';
import type { SectionName } from './sections.ts';
import { faultOf, nothingStated, observationOf, type Statement } from './statement.ts';

export interface StateFormProps {
  readonly section: SectionName;
  readonly close: () => void;
}

export const StateForm = ({ section, close }: StateFormProps) => {
  const { t } = useTranslation('record');
  const { patient = '', user } = useSession();
  const [stated, state, clear] = useDraft(`state ${section} ${patient}`, nothingStated);
  const [fault, setFault] = useState<'what' | 'since'>();
  const sending = useWrite(
    (fhir, said: Statement) =>
      create(fhir, observationOf(said, { section, patient, by: user, at: new Date() })),
    ['Observation', 'Timeline'],
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = faultOf(stated, today());
    setFault(found);
    if (found !== undefined) {
      document.getElementById(`state-${found}`)?.focus();
      return;
    }
    sending.mutate(stated, {
      onSuccess: () => {
        clear();
        close();
      },
    });
  };
  return (
    <Card withBorder component="form" onSubmit={send} noValidate>
      <Stack gap="sm">
        <TextInput
          id="state-what"
          label={t(`stated.what.${section}`)}
          required
          autoFocus
          value={stated.what}
          error={fault === 'what' ? t('stated.needed') : undefined}
          onChange={({ currentTarget }) => state({ ...stated, what: currentTarget.value })}
        />
        <TextInput
          id="state-since"
          type="date"
          label={t(`stated.since.${section}`)}
          description={t('stated.sinceText')}
          value={stated.since}
          error={fault === 'since' ? t('stated.notInFuture') : undefined}
          onChange={({ currentTarget }) => state({ ...stated, since: currentTarget.value })}
        />
        <Textarea
          label={t('stated.note')}
          autosize
          minRows={2}
          value={stated.note}
          onChange={({ currentTarget }) => state({ ...stated, note: currentTarget.value })}
        />
      </Stack>
      <FormActions isSending={sending.isPending} error={sending.error} cancel={close} />
    </Card>
  );
};
