// Results: the newest laboratory results; the name of each draws its trend.

import type { Observation } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { ResultTable } from '@meridian/ui/record/ResultTable.tsx';
import { codeKeyOf } from '@meridian/ui/record/test-key.ts';
import { useTranslation } from 'react-i18next';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';

export interface ResultsProps {
  readonly found: Found<Observation>;
  readonly choose: (code: string) => void;
}

export const Results = ({ found, choose }: ResultsProps) => {
  const { t } = useTranslation('chart');
  const open = (observation: Observation): void => {
    const code = codeKeyOf(observation.code);
    if (code !== undefined) choose(code);
  };
  return (
    <Panel title={t('results.title')} height="large">
      <PanelList found={found} empty={t('results.none')}>
        {(observations) => <ResultTable observations={observations} onOpen={open} />}
      </PanelList>
    </Panel>
  );
};
