// KeptView: the kept record, to be read only: who it is of, when it was seen, and what helps most.

import type { ReactNode } from 'react';
import { Alert, Button, Container, Group, List, Text, Title } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { useDosage } from '../record/dosage/useDosage.ts';
import { PatientBanner } from '../patient/PatientBanner.tsx';
import { ResultTable } from '../record/ResultTable.tsx';
import { linesOf } from './lines.ts';
import { mostKept, type KeptPart, type KeptRecord } from './record.ts';

export interface KeptViewProps {
  readonly record: KeptRecord;
  /** An instant. */
  readonly keptAt: string;
  readonly close: () => void;
}

export const KeptView = ({ record, keptAt, close }: KeptViewProps) => {
  const { t } = useTranslation('offline');
  const format = useFormat();
  const { online } = useNetwork();
  const lines = linesOf(record, {
    ...{ format, dosage: useDosage() },
    t: (key) => t(key),
  });
  const stateOf = (part: KeptPart, count: number) => ({
    isEmpty: count === 0,
    isUnreadable: record.unreadable?.includes(part) ?? false,
    isCut: record.cut?.includes(part) ?? false,
  });
  return (
    <Container size="md" py="md">
      <Group justify="space-between" mb="md">
        <Title order={1} size="h3">
          {t('view.title')}
        </Title>
        <Button variant="default" onClick={close}>
          {t(online ? 'view.online' : 'view.close')}
        </Button>
      </Group>
      <Alert color="orange" mb="md">
        {t('view.asOf', { at: format.dateTime(keptAt) })}
      </Alert>
      <PatientBanner patient={record.patient} />
      {(['allergies', 'medicines', 'conditions', 'immunizations'] as const).map((section) => (
        <Section
          key={section}
          title={t(`view.${section}`)}
          {...stateOf(section, lines[section].length)}
        >
          <Lines lines={lines[section]} />
        </Section>
      ))}
      <Section title={t('view.results')} {...stateOf('results', record.results.length)}>
        <ResultTable observations={record.results} />
      </Section>
      <Section title={t('view.documents')} {...stateOf('documents', lines.documents.length)}>
        <Text size="sm" c="dimmed">
          {t('view.documentsText')}
        </Text>
        <Lines lines={lines.documents} />
      </Section>
    </Container>
  );
};

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <List>
    {lines.map((line, index) => (
      <List.Item key={`${String(index)} ${line}`}>{line}</List.Item>
    ))}
  </List>
);

interface SectionProps {
  readonly title: string;
  readonly isEmpty: boolean;
  /** It could not be read, which is not to say that there is none. */
  readonly isUnreadable: boolean;
  readonly isCut: boolean;
  readonly children: ReactNode;
}

const Section = ({ title, isEmpty, isUnreadable, isCut, children }: SectionProps) => {
  const { t } = useTranslation('offline');
  return (
    <section>
      <Title order={2} size="h5" mt="lg" mb="xs">
        {title}
      </Title>
      {isUnreadable ? <Alert color="orange">{t('view.unreadable')}</Alert> : null}
      {isCut ? <Alert color="orange">{t('view.cut', { most: mostKept })}</Alert> : null}
      {isEmpty && !isUnreadable ? <Text c="dimmed">{t('view.nothing')}</Text> : null}
      {isEmpty ? null : children}
    </section>
  );
};
