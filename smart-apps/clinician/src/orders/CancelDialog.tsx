// CancelDialog: why an order is not wanted any more.

import { useState, type SubmitEvent } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ServiceRequest } from 'fhir/r4';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { Words } from '../writing/fields.tsx';
import { cancelOrder } from './order.ts';

export interface CancelDialogProps {
  readonly request: ServiceRequest;
  readonly readAgain: () => void;
  readonly close: () => void;
}

export const CancelDialog = ({ request, readAgain, close }: CancelDialogProps) => {
  const { t } = useTranslation(['orders', 'ui']);
  const format = useFormat();
  const [reason, setReason, clear] = useDraft(`cancel-order:${request.id ?? ''}`, '');
  const [isTried, setTried] = useState(false);
  // The order is not open any more, and with it goes this dialog.
  const cancel = useWrite(cancelOrder, ['ServiceRequest'], () => {
    clear();
    close();
  });
  const isEmpty = reason.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isEmpty) return;
    cancel.mutate({ request, reason, at: new Date().toISOString() });
  };
  const again = (): void => {
    cancel.reset();
    readAgain();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('cancel.title')}
      closeButtonProps={{ 'aria-label': t('ui:forms.cancel') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text fw={600}>{format.concept(request.code)}</Text>
          <Words
            {...{ id: 'cancel-reason', label: t('cancel.reason'), value: reason }}
            isRequired
            error={isTried && isEmpty ? t('faults.cancelReason') : undefined}
            change={setReason}
          />
          <Failure error={cancel.error} again={again} />
          <Group>
            <Button type="submit" color="red" loading={cancel.isPending}>
              {t('cancel.submit')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('cancel.keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
