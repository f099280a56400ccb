// StopDialog: why a prescription ends.

import { useState, type SubmitEvent } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { MedicationRequest } from 'fhir/r4';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { Choice, Words } from '../writing/fields.tsx';
import { leastReason } from './faults.ts';
import { endings, stopPrescription, type Ending, type Stop } from './stop.ts';

export interface StopDialogProps {
  /** As it is stored. */
  readonly request: MedicationRequest;
  readonly medicine: string;
  readonly readAgain: () => void;
  readonly close: () => void;
}

type Typed = Omit<Stop, 'request'>;

export const StopDialog = ({ request, medicine, readAgain, close }: StopDialogProps) => {
  const { t } = useTranslation(['prescribe', 'ui']);
  const [draft, change, clear] = useDraft<Typed>(`stop:${request.id ?? ''}`, {
    ending: 'stopped',
    reason: '',
  });
  const [isTried, setTried] = useState(false);
  const stop = useWrite(stopPrescription, ['MedicationRequest']);
  const isShort = draft.reason.trim().length < leastReason;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isShort) return;
    const done = (): void => {
      clear();
      close();
    };
    stop.mutate({ request, ...draft }, { onSuccess: done });
  };
  const again = (): void => {
    stop.reset();
    readAgain();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('stop.title')}
      closeButtonProps={{ 'aria-label': t('ui:forms.cancel') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text fw={600}>{medicine}</Text>
          <Choice
            {...{ id: 'stop-ending', label: t('stop.ending'), value: draft.ending }}
            options={endings.map((ending) => [ending, t(`stop.${ending}`)])}
            change={(ending) => change({ ...draft, ending: ending as Ending })}
          />
          <Words
            {...{ id: 'stop-reason', label: t('stop.reason'), value: draft.reason }}
            isRequired
            error={isTried && isShort ? t('faults.stopReason') : undefined}
            change={(reason) => change({ ...draft, reason })}
          />
          <Failure error={stop.error} again={again} />
          <Group>
            <Button type="submit" color="red" loading={stop.isPending}>
              {t('stop.submit')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('ui:forms.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
