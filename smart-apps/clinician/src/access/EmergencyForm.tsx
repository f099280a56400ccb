// EmergencyForm: whose record, why now, in words that the patient reads.

import { useState, type SubmitEvent } from 'react';
import { Button, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { chartTypes } from '../chart/questions.ts';
import { breakGlass, leastReason, mostReason } from './emergency.ts';
import { NobodyHasIt } from './NobodyHasIt.tsx';

export const EmergencyForm = ({ uhid }: { readonly uhid: string }) => {
  const { t } = useTranslation('access');
  const [, go] = useLocation();
  const [draft, setDraft, clear] = useDraft(`emergency:${uhid}`, {
    uhid,
    reason: '',
    purpose: 'BTG',
  });
  const [isTried, setTried] = useState(false);
  const open = useWrite(breakGlass, chartTypes, (patient) => {
    clear();
    go(`/patients/${patient}`);
  });
  const missing = leastReason - draft.reason.trim().length;
  const isNumberMissing = draft.uhid.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing > 0 || isNumberMissing) return;
    open.mutate(draft);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('uhid')}
          description={t('uhidHint')}
          required
          inputMode="numeric"
          autoComplete="off"
          value={draft.uhid}
          error={isTried && isNumberMissing ? t('uhidMissing') : null}
          onChange={({ currentTarget }) => setDraft({ ...draft, uhid: currentTarget.value })}
        />
        <Textarea
          label={t('emergency.reason')}
          description={t('emergency.reasonHint')}
          required
          autosize
          minRows={3}
          maxLength={mostReason}
          value={draft.reason}
          error={isTried && missing > 0 ? t('emergency.reasonShort', { count: missing }) : null}
          onChange={({ currentTarget }) => setDraft({ ...draft, reason: currentTarget.value })}
        />
        <Radio.Group
          label={t('emergency.purpose')}
          value={draft.purpose}
          onChange={(purpose) => setDraft({ ...draft, purpose })}
        >
          <Stack gap="xs" mt="xs">
            {(['BTG', 'ETREAT'] as const).map((purpose) => (
              <Radio key={purpose} value={purpose} label={t(`purpose.${purpose}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {kindOf(open.error) === 'missing' && open.error !== null ? (
          <NobodyHasIt />
        ) : (
          <Failure error={open.error} />
        )}
        <Button type="submit" color="red" loading={open.isPending} style={{ alignSelf: 'start' }}>
          {t('emergency.go')}
        </Button>
      </Stack>
    </form>
  );
};
