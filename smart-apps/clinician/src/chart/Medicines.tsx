// Medicines: what is prescribed now, and how it is taken.

import { Badge, Group, List, Text } from '@mantine/core';
import type { FhirResource, MedicationRequest } from 'fhir/r4';
import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { lastDayOf } from '@meridian/ui/record/last-day.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { standingOf } from '@meridian/ui/record/standing.ts';
import { useTranslation } from 'react-i18next';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';
import { medicinesOf } from './questions.ts';

export const Medicines = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('chart');
  const found = useSearchTogether<MedicationRequest>('MedicationRequest', medicinesOf(patient));
  const today = lastDayOf(new Date().toISOString());
  // An active prescription whose course has ended was not stopped by anybody: it is not taken all the same.
  const items = found.items.filter((request) => standingOf(request, today) !== 'before');
  return (
    <Panel title={t('medicines.title')}>
      <PanelList found={{ ...found, items }} empty={t('medicines.none')}>
        {(requests) => (
          <List listStyleType="none" spacing="xs">
            {requests.map((request) => (
              <List.Item key={request.id}>
                <Medicine request={request} included={found.included} />
              </List.Item>
            ))}
          </List>
        )}
      </PanelList>
    </Panel>
  );
};

interface MedicineProps {
  readonly request: MedicationRequest;
  readonly included: readonly FhirResource[];
}

const Medicine = ({ request, included }: MedicineProps) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const dosageOf = useDosage();
  const { status, medicationCodeableConcept, authoredOn, dosageInstruction } = request;
  const name = nameOfMedicine(request, included) || t('medicines.noName');
  const isForbidden = request.doNotPerform === true;
  const dosage = dosageOf(dosageInstruction);
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600} component="div">
          <CodedValue concept={medicationCodeableConcept} label={name} />
        </Text>
        {isForbidden ? (
          <Badge color="red" tt="none">
            {t('medicines.forbidden')}
          </Badge>
        ) : null}
        {status === 'on-hold' ? (
          <Badge color="gray" tt="none">
            {t('medicines.onHold')}
          </Badge>
        ) : null}
      </Group>
      {dosage.map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
      {isForbidden || dosage.length > 0 ? null : <Text size="sm">{t('medicines.noDosage')}</Text>}
      <Text size="xs" c="dimmed">
        {t('medicines.since', { date: format.date(authoredOn) })}
      </Text>
    </>
  );
};
