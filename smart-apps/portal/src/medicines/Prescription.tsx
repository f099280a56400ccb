// Prescription: who prescribed what to whom, how it is taken, for how long, and how often it can be repeated.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { medicineOf, nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { endedOn, statusKey } from '@meridian/ui/record/standing.ts';
import { Paper, Text, Title } from '@mantine/core';
import type { FhirResource, MedicationRequest, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { saysSomething, type Row } from '../record/details/row.ts';
import { Rows } from '../record/details/Rows.tsx';
import { today } from '../sharing/days.ts';
import { prescriberOf } from './prescriber.ts';
import { supplyOf } from './supply.ts';

export interface PrescriptionProps {
  readonly order: MedicationRequest;
  readonly included: readonly FhirResource[];
  readonly patient: Patient | undefined;
}

export const Prescription = ({ order, included, patient }: PrescriptionProps) => {
  const { t } = useTranslation('medicines');
  const format = useFormat();
  const dosage = useDosage();
  const medicine = medicineOf(order, included);
  const { until, repeatsLeft } = supplyOf(order, included, today());
  const ended = endedOn(order, today());
  const prescriber = prescriberOf(order, included);
  const { quantity, expectedSupplyDuration } = order.dispenseRequest ?? {};
  const rows: readonly (Row | undefined)[] = [
    patient && {
      label: 'patient',
      text: [
        format.name(patient.name),
        format.date(patient.birthDate),
        format.uhid(uhidOf(patient.identifier)),
      ]
        .filter(Boolean)
        .join('\n'),
    },
    medicine && { label: 'medicine', concepts: [medicine] },
    { label: 'dose', text: dosage(order.dosageInstruction).join('\n') },
    { label: 'amount', text: format.quantity(quantity) },
    { label: 'supply', text: format.quantity(expectedSupplyDuration) },
    { label: 'until', text: format.date(until) },
    {
      label: 'repeats',
      text: repeatsLeft === undefined ? '' : t('repeatsLeft', { count: repeatsLeft }),
    },
    { label: 'reason', concepts: order.reasonCode, references: order.reasonReference },
    { label: 'prescribedOn', text: format.date(order.authoredOn) },
    {
      label: 'prescriber',
      text: [prescriber.name, prescriber.qualification].filter(Boolean).join('\n'),
    },
    { label: 'registration', text: prescriber.registration },
    {
      label: 'status',
      text:
        ended === undefined
          ? t(`status.${statusKey(order)}`)
          : t('endedOn', { date: format.date(ended) }),
    },
    { label: 'notes', text: order.note?.map(({ text }) => text).join('\n') },
  ];
  const said = rows.filter((row) => row !== undefined).filter(saysSomething);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4">
        {nameOfMedicine(order, included) || t('noName')}
      </Title>
      <Rows rows={said} />
      <Text size="sm" c="dimmed" mt="md">
        {t('fromRecord')}
      </Text>
    </Paper>
  );
};
