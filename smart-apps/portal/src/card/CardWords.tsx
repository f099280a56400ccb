// CardWords: what a card says, read out of the card itself.

import { Stack, Text } from '@mantine/core';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { FhirResource, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import type { HealthCard } from './useHealthCards.ts';

export const CardWords = ({ card: { content, wordOf } }: { readonly card: HealthCard }) => {
  const { t } = useTranslation('card');
  const format = useFormat();
  const [patient, ...records] = content.resources as readonly [Patient, ...FhirResource[]];
  return (
    <Stack gap={4}>
      <Text fw={700}>{format.name(patient.name)}</Text>
      <Text size="sm">{t('words.born', { date: format.date(patient.birthDate) })}</Text>
      <Number patient={patient} />
      {records.map((record, place) => (
        // A card never changes: the place in it is a key.
        <RecordLine key={place} record={record} word={wordOf(place + 1)} />
      ))}
      <Text size="sm" c="dimmed">
        {t('words.signed', {
          issuer: new URL(content.issuer).host,
          date: format.dateTime(content.issuedAt),
        })}
      </Text>
    </Stack>
  );
};

const Number = ({ patient }: { readonly patient: Patient }) => {
  const { t } = useTranslation('card');
  const format = useFormat();
  const uhid = uhidOf(patient.identifier);
  return uhid === undefined ? null : (
    <Text size="sm">{t('words.number', { number: format.uhid(uhid) })}</Text>
  );
};

const RecordLine = ({ record, word }: { readonly record: FhirResource; readonly word: string }) => {
  const format = useFormat();
  if (record.resourceType === 'Immunization') {
    const { vaccineCode, occurrenceDateTime } = record;
    return (
      <Text size="sm">
        {[word || format.concept(vaccineCode), format.date(occurrenceDateTime)]
          .filter(Boolean)
          .join(', ')}
      </Text>
    );
  }
  if (record.resourceType !== 'Observation') return null;
  const observation = record;
  return (
    <Text size="sm">
      {word || format.concept(observation.code)}: {format.value(observation)},{' '}
      {format.date(observation.effectiveDateTime ?? observation.effectivePeriod?.start)}
    </Text>
  );
};
