// MedicineCard: one prescription in short: what, how, by whom, until when, and how often it can be repeated.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { endedOn } from '@meridian/ui/record/standing.ts';
import { Anchor, Badge, Card, Group, Text } from '@mantine/core';
import type { FhirResource, MedicationRequest } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { today } from '../sharing/days.ts';
import { supplyOf } from './supply.ts';

export interface MedicineCardProps {
  readonly order: MedicationRequest;
  readonly included: readonly FhirResource[];
  readonly isPast: boolean;
}

export const MedicineCard = ({ order, included, isPast }: MedicineCardProps) => {
  const { t } = useTranslation('medicines');
  const format = useFormat();
  const dosage = useDosage();
  const { until, isOver, repeatsLeft } = supplyOf(order, included, today());
  const ended = endedOn(order, today());
  const supply = order.dispenseRequest?.expectedSupplyDuration;
  const facts = [
    order.requester?.display === undefined ? '' : t('by', { name: order.requester.display }),
    order.doNotPerform === true ? '' : t('since', { date: format.date(order.authoredOn) }),
    ended === undefined ? '' : t('endedOn', { date: format.date(ended) }),
    until === undefined || isPast
      ? ''
      : t(isOver ? 'ranOut' : 'until', { date: format.date(until) }),
    supply === undefined || isPast ? '' : t('supply', { time: format.quantity(supply) }),
    repeatsLeft === undefined || isPast ? '' : t('repeatsLeft', { count: repeatsLeft }),
  ];
  return (
    <Card component="li" withBorder padding="sm">
      <Group gap="xs">
        <Anchor component={Link} href={`/medicines/${order.id ?? ''}`} fw={600}>
          {nameOfMedicine(order, included) || t('noName')}
        </Anchor>
        {order.doNotPerform === true ? (
          <Badge color="red" tt="none">
            {t('status.never')}
          </Badge>
        ) : null}
        {order.status === 'active' || order.status === 'completed' ? null : (
          <Badge variant="light" color="gray" tt="none">
            {t(`status.${order.status}`)}
          </Badge>
        )}
      </Group>
      {dosage(order.dosageInstruction).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
    </Card>
  );
};
