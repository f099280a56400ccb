// Problems: what the patient has now: active conditions, newest first.

import { Group, List, Text } from '@mantine/core';
import type { Condition } from 'fhir/r4';
import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
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
            {conditions.map(({ id, code, severity, onsetDateTime, onsetPeriod, recordedDate }) => (
              <List.Item key={id} styles={fullWidth}>
                <Group justify="space-between" wrap="nowrap" gap="xs" align="baseline">
                  <Text size="sm" component="div">
                    <CodedValue concept={code} />
                    {severity === undefined ? null : `, ${format.concept(severity)}`}
                  </Text>
                  <Text size="xs" c="dimmed" ta="end" style={{ whiteSpace: 'nowrap' }}>
                    {format.date(onsetDateTime ?? onsetPeriod?.start ?? recordedDate)}
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

const fullWidth = { itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } };
