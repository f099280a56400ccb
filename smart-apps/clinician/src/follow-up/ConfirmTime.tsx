// ConfirmTime: a time that is held for this patient: what it is for, and booking it, or letting it go.

import type { SubmitEvent } from 'react';
import { Alert, Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import type { Appointment } from 'fhir/r4';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { offsetOf } from '@meridian/ui/time/offset.ts';
import { bookTime, cancelVisit } from '@meridian/ui/visits/booking.ts';
import { doctorOf, modeOf } from '@meridian/ui/visits/visit.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Words } from '../writing/fields.tsx';

export interface ConfirmTimeProps {
  readonly held: Appointment;
  readonly patient: string;
  /** `kept` where the time could not be given back. */
  readonly leave: (kept?: 'kept') => void;
}

export const ConfirmTime = ({ held, patient, leave }: ConfirmTimeProps) => {
  const { t } = useTranslation('follow-up');
  const format = useFormat();
  const { id = '', start = '' } = held;
  const [comment, setComment, clear] = useDraft(`follow-up:${patient}`, '');
  const book = useWrite(bookTime, ['Appointment', 'Slot'], clear);
  const free = useWrite(cancelVisit, ['Appointment', 'Slot']);
  const when = `${format.day(start, offsetOf(start))}, ${format.time(start, offsetOf(start))}`;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    book.mutate({ id, patient, comment });
  };
  if (book.isSuccess)
    return (
      <Stack role="status">
        <Alert color="green" title={t('booked')}>
          {when} · {doctorOf(held)}
        </Alert>
        <Anchor component="button" type="button" ta="start" onClick={() => leave()}>
          {t('another')}
        </Anchor>
        <Anchor component={Link} href={`/patients/${patient}`}>
          {t('done')}
        </Anchor>
      </Stack>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Paper withBorder p="md" mb="md">
        <Title order={2} size="h5">
          {when}
        </Title>
        <Text>
          {doctorOf(held)} · {t(modeOf(held) === 'video' ? 'video' : 'inPerson')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('held')}
        </Text>
      </Paper>
      <Words
        {...{ id: 'follow-up-comment', label: t('comment'), value: comment, change: setComment }}
        hint={t('commentHint')}
      />
      <FormActions
        submit={t('book')}
        isSending={book.isPending}
        error={book.error}
        conflictText={t('taken')}
        again={() => leave()}
        cancel={() =>
          free.mutate({ id }, { onSuccess: () => leave(), onError: () => leave('kept') })
        }
      />
    </form>
  );
};
