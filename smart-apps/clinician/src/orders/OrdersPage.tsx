// OrdersPage: ordering something for a patient, and what is ordered and still open.

import { SimpleGrid } from '@mantine/core';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { useTranslation } from 'react-i18next';
import { PatientPage } from '../writing/PatientPage.tsx';
import { OpenOrders } from './OpenOrders.tsx';
import { OrderForm } from './OrderForm.tsx';

export const OrdersPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('orders');
  return (
    <PatientPage patient={id} title={t('title')}>
      {() => (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <OrderForm key={id} patient={id} />
          <OpenOrders patient={id} />
        </SimpleGrid>
      )}
    </PatientPage>
  );
};
