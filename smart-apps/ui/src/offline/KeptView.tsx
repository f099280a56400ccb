// KeptView: the kept record, to be read only: who it is of, when it was seen, and what helps most.

import type { ReactNode } from 'react';
import { Alert, Button, Container, Group, List, Text, Title } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat.ts';
import { PatientBanner } from '../patient/PatientBanner.tsx';
import { ResultTable } from '../record/ResultTable.tsx';
import { linesOf } from './lines.ts';
import type { KeptRecord } from './record.ts';

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
  const lines = linesOf(record, format, t('view.severe'));
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
        <Section key={section} title={t(`view.${section}`)} isEmpty={lines[section].length === 0}>
          <Lines lines={lines[section]} />
        </Section>
      ))}
      <Section title={t('view.results')} isEmpty={record.results.length === 0}>
        <ResultTable observations={record.results} />
      </Section>
      <Section title={t('view.documents')} isEmpty={lines.documents.length === 0}>
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
  readonly children: ReactNode;
}

const Section = ({ title, isEmpty, children }: SectionProps) => {
  const { t } = useTranslation('offline');
  return (
    <section>
      <Title order={2} size="h5" mt="lg" mb="xs">
        {title}
      </Title>
      {isEmpty ? <Text c="dimmed">{t('view.nothing')}</Text> : children}
    </section>
  );
};
