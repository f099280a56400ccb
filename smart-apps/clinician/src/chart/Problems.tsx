// Problems: what the patient has now: active conditions, newest first.

import { Group, List, Text } from '@mantine/core';
import type { CodeableConcept, Condition } from 'fhir/r4';
import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { hasCode } from '@meridian/ui/format/coded.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';
import { problemsOf } from './questions.ts';

export const Problems = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const found = useSearchTogether<Condition>('Condition', problemsOf(patient));
  return (
    <Panel title={t('problems.title')}>
      <PanelList found={found} empty={t('problems.none')}>
        {(conditions) => (
          <List listStyleType="none" spacing={4}>
            {conditions.map(({ id, code, severity, verificationStatus, ...dates }) => (
              <List.Item key={id} styles={fullWidth}>
                <Group justify="space-between" wrap="nowrap" gap="xs" align="baseline">
                  <Text size="sm" component="div">
                    <CodedValue concept={code} />
                    {unsureOf(verificationStatus).map((word) => ` (${t(`problems.${word}`)})`)}
                    {severity === undefined ? null : `, ${format.concept(severity)}`}
                  </Text>
                  <Text size="xs" c="dimmed" ta="end" style={{ whiteSpace: 'nowrap' }}>
                    {format.date(
                      dates.onsetDateTime ?? dates.onsetPeriod?.start ?? dates.recordedDate,
                    )}
                  </Text>
                </Group>
              </List.Item>
            ))}
          </List>
        )}
      </PanelList>
    </Panel>
  );
};

/** What somebody only thinks of must not be read as what the patient has. */
const unsureOf = (status: CodeableConcept | undefined) =>
  unsure.filter((code) => hasCode(status, undefined, code));

const unsure = ['unconfirmed', 'provisional', 'differential'] as const;

const fullWidth = { itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } };
