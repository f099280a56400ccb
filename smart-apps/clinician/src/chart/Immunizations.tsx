// Immunizations: against what the patient is vaccinated, newest first.

import { Group, List, Text } from '@mantine/core';
import type { Immunization } from 'fhir/r4';
import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';

export const Immunizations = ({ found }: { readonly found: Found<Immunization> }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  return (
    <Panel title={t('immunizations.title')}>
      <PanelList found={found} empty={t('immunizations.none')}>
        {(immunizations) => (
          <List listStyleType="none" spacing={4}>
            {immunizations.map(({ id, status, vaccineCode, occurrenceDateTime }) => (
              <List.Item key={id} styles={fullWidth}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
                  <Text size="sm" component="div">
                    <CodedValue concept={vaccineCode} />
                    {status === 'not-done' ? ` (${t('immunizations.notDone')})` : ''}
                  </Text>
                  <Text size="xs" c="dimmed" ta="end" style={{ whiteSpace: 'nowrap' }}>
                    {format.date(occurrenceDateTime)}
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
