// Allergies: what the patient does not bear, the dangerous first, with what happened.

import { Badge, Group, List, Text } from '@mantine/core';
import type { AllergyIntolerance } from 'fhir/r4';
import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { isDangerous, warningsOf } from './allergy.ts';
import { NotedAllergies } from './NotedAllergies.tsx';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';
import { allergiesOf } from './questions.ts';
import { useWhole } from './useWhole.ts';

export const Allergies = ({ patient }: { readonly patient: string }) => {
  const { t } = useTranslation('chart');
  const found = useWhole(
    useSearchTogether<AllergyIntolerance>('AllergyIntolerance', allergiesOf(patient)),
  );
  const { allergies, isNoneNoted, noted } = warningsOf(found.items);
  return (
    <Panel title={t('allergies.title')}>
      <NotedAllergies noted={noted} />
      <PanelList
        found={{ ...found, items: allergies }}
        empty={
          !isNoneNoted && noted.length > 0
            ? ''
            : t(isNoneNoted ? 'allergies.noneNoted' : 'allergies.none')
        }
      >
        {(items) => (
          <List listStyleType="none" spacing="xs">
            {items.map((allergy) => (
              <List.Item key={allergy.id}>
                <Allergy allergy={allergy} />
              </List.Item>
            ))}
          </List>
        )}
      </PanelList>
    </Panel>
  );
};

const Allergy = ({ allergy }: { readonly allergy: AllergyIntolerance }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const { code, reaction = [] } = allergy;
  const reactions = reaction.flatMap(({ manifestation }) => manifestation.map(format.concept));
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600} component="div">
          <CodedValue concept={code} />
        </Text>
        {isDangerous(allergy) ? (
          <Badge color="red" tt="none">
            {t('allergies.high')}
          </Badge>
        ) : null}
      </Group>
      {reactions.length === 0 ? null : <Text size="sm">{reactions.join(', ')}</Text>}
    </>
  );
};
