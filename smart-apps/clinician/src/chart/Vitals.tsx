// Vitals: the newest value of each vital sign; choosing one draws its trend.

import { Stack, Text, UnstyledButton } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { dateOf } from '@meridian/ui/record/trend.ts';
import { useTranslation } from 'react-i18next';
import { isDrawn, type Measured } from './measured.ts';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';
import { useNameOf } from './useNameOf.ts';
import classes from './Vitals.module.css';

export interface VitalsProps {
  readonly found: Found<Observation>;
  readonly signs: readonly Measured[];
  /** The code whose trend is drawn. */
  readonly drawn: string;
  readonly choose: (code: string) => void;
}

export const Vitals = ({ found, signs, drawn, choose }: VitalsProps) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const nameOf = useNameOf();
  return (
    <Panel title={t('vitals.title')} height="any">
      <PanelList found={found} empty={t('vitals.none')}>
        {() => (
          <Stack gap={0}>
            {signs.map(({ code, latest }) => (
              <UnstyledButton
                key={code}
                className={classes.sign}
                aria-pressed={isDrawn(code, drawn)}
                onClick={() => choose(code)}
              >
                <Text size="sm" className={classes.name}>
                  {nameOf(latest)}
                </Text>
                <Text size="sm" fw={700} className={classes.value}>
                  {format.value(latest)}
                </Text>
                <Text size="xs" c="dimmed">
                  {format.date(dateOf(latest))}
                </Text>
              </UnstyledButton>
            ))}
          </Stack>
        )}
      </PanelList>
    </Panel>
  );
};
