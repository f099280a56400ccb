// OrderForm: what is ordered, of whom, how urgently and why.

import { useState, type SubmitEvent } from 'react';
import { Alert, Stack, Title } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { ErrorSummary, type FieldError } from '@meridian/ui/forms/ErrorSummary.tsx';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { useTranslation } from 'react-i18next';
import { transact } from '../writing/transaction.ts';
import { useEncounter } from '../writing/useEncounter.ts';
import { useOwnRole } from '../writing/useOwnRole.ts';
import { entryOf, faultsOf, newOrder, type Order } from './order.ts';
import { OrderFields } from './OrderFields.tsx';

export const OrderForm = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('orders');
  const encounter = useEncounter();
  const { reference: requester } = useOwnRole();
  const [first] = useState(() => newOrder(crypto.randomUUID()));
  const [order, setOrder, clear] = useDraft<Order>(`orders:${patient}`, first);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const send = useWrite(
    (fhir, wanted: Order) =>
      transact(fhir, [
        entryOf(wanted, { patient, encounter, requester, at: new Date().toISOString() }),
      ]),
    ['ServiceRequest'],
    () => {
      clear();
      setOrder(newOrder(crypto.randomUUID()));
    },
  );
  const change = (next: Order): void => {
    // Another key: what was sent before is not taken for it.
    setOrder({ ...next, key: crypto.randomUUID() });
    if (send.isSuccess) send.reset();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const faults = faultsOf(order);
    setErrors(faults.map((field) => ({ field: `order-${field}`, text: t(`faults.${field}`) })));
    if (faults.length > 0) return;
    send.mutate(order);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('new')}>
      <Title order={2} size="h5" mb="xs">
        {t('new')}
      </Title>
      <ErrorSummary errors={errors} />
      <Stack gap="sm">
        <OrderFields {...{ order, change, errors }} />
      </Stack>
      <FormActions submit={t('submit')} isSending={send.isPending} error={send.error} />
      <div role="status">
        {send.isSuccess ? <Alert color="green" mt="md" title={t('sent')} /> : null}
      </div>
    </form>
  );
};
