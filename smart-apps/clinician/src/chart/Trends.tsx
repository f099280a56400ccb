// Trends: how one measured thing went over the years, chosen among what was measured last; older values are a press away.

import { Button, NativeSelect, Skeleton } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { TrendPlot } from '@meridian/ui/record/TrendPlot.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { isDrawn, type Measured } from './measured.ts';
import { Panel } from './Panel.tsx';
import { useNameOf } from './useNameOf.ts';

export interface TrendsProps {
  /** The newest values of the code, and older ones where somebody asks. */
  readonly found: Found<Observation>;
  /** Vital signs. */
  readonly signs: readonly Measured[];
  /** Laboratory. */
  readonly tests: readonly Measured[];
  /** The code whose trend is drawn. */
  readonly drawn: string;
  readonly choose: (code: string) => void;
}

export const Trends = ({ found, signs, tests, drawn, choose }: TrendsProps) => {
  const { t } = useTranslation(['chart', 'ui']);
  const nameOf = useNameOf();
  const { items, isLoading, error, again, more, isLoadingMore } = found;
  const shown = [...signs, ...tests].find(({ code }) => isDrawn(code, drawn));
  const value = shown?.code ?? '';
  return (
    <Panel title={t('trends.title')} height="any">
      <NativeSelect
        label={t('trends.choose')}
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        mb="sm"
      >
        {value === '' ? <option value="">{t('trends.pick')}</option> : null}
        <Choices label={t('trends.vitals')} measured={signs} />
        <Choices label={t('trends.laboratory')} measured={tests} />
      </NativeSelect>
      {isLoading ? (
        <Skeleton height={220} role="status" aria-label={t('trends.loading')} />
      ) : (
        <TrendPlot observations={items} name={shown && nameOf(shown.latest)} />
      )}
      {more === undefined ? null : (
        <Button size="compact-sm" variant="subtle" loading={isLoadingMore} onClick={more}>
          {t('trends.older')}
        </Button>
      )}
      <Failure error={error} again={again} />
    </Panel>
  );
};

interface ChoicesProps {
  readonly label: string;
  readonly measured: readonly Measured[];
}

const Choices = ({ label, measured }: ChoicesProps) => {
  const format = useFormat();
  const nameOf = useNameOf();
  if (measured.length === 0) return null;
  return (
    <optgroup label={label}>
      {measured.map(({ code, latest }) => (
        <option key={code} value={code}>
          {nameOf(latest)}: {format.value(latest)}
        </option>
      ))}
    </optgroup>
  );
};
