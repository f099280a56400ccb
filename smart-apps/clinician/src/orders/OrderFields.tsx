// OrderFields: the fields of an order; which of them there are depends on what is ordered.

import { Group } from '@mantine/core';
import type { HealthcareService } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import type { FieldError } from '@meridian/ui/forms/ErrorSummary.tsx';
import { useTranslation } from 'react-i18next';
import { CodedSearch } from '../writing/CodedSearch.tsx';
import { Choice, Lines } from '../writing/fields.tsx';
import { kinds, priorities, type Kind, type Order, type Priority } from './order.ts';

export interface OrderFieldsProps {
  readonly order: Order;
  readonly change: (order: Order) => void;
  readonly errors: readonly FieldError[];
}

export const OrderFields = ({ order, change, errors }: OrderFieldsProps) => {
  const { t } = useTranslation('orders');
  const services = useServices();
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === `order-${field}`)?.text;
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <Choice
          {...{ id: 'order-kind', label: t('kindLabel'), value: order.kind }}
          options={kinds.map((kind) => [kind, t(`kind.${kind}`)])}
          change={(kind) => change({ ...order, kind: kind as Kind })}
        />
        <Choice
          {...{ id: 'order-priority', label: t('priorityLabel'), value: order.priority }}
          options={priorities.map((priority) => [priority, t(`priority.${priority}`)])}
          change={(priority) => change({ ...order, priority: priority as Priority })}
        />
      </Group>
      <CodedSearch
        {...{ id: 'order-what', catalogue: 'investigations', isRequired: true }}
        label={t('what')}
        value={order.what}
        error={errorOf('what')}
        change={(what) => change({ ...order, what })}
      />
      <Choice
        {...{ id: 'order-performer', label: t('performer'), value: order.performer }}
        options={[['', t('anybody')], ...services]}
        change={(performer) => change({ ...order, performer })}
      />
      <CodedSearch
        {...{ id: 'order-reason', catalogue: 'problems', isRequired: order.kind === 'referral' }}
        label={t('reason')}
        value={order.reason}
        error={errorOf('reason')}
        change={(reason) => change({ ...order, reason })}
      />
      <Lines
        {...{ id: 'order-note', label: t('note'), value: order.note }}
        change={(note) => change({ ...order, note })}
      />
    </>
  );
};

/** What the hospitals offer, with who offers it. */
const useServices = (): readonly (readonly [string, string])[] => {
  const { items } = useSearch<HealthcareService>('HealthcareService', {
    ...{ active: 'true', _count: 100, _sort: 'name', _elements: 'name,providedBy,active' },
  });
  return items.map(({ id = '', name = '', providedBy }) => [
    `HealthcareService/${id}`,
    [name, providedBy?.display].filter(Boolean).join(' – '),
  ]);
};
