// SupplyFields: for how long, how often it may be repeated, what the patient and what colleagues are told.

import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Choice, Words } from '../writing/fields.tsx';
import { spans, type Line } from './line.ts';
import type { FieldOf } from './field.ts';

export interface SupplyFieldsProps {
  readonly line: Line;
  readonly fieldOf: FieldOf;
}

export const SupplyFields = ({ line, fieldOf }: SupplyFieldsProps) => {
  const { t } = useTranslation('prescribe');
  return (
    <>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <Words
          {...fieldOf('duration')}
          label={t('line.duration')}
          hint={t('line.durationHint')}
          kind="numeric"
        />
        <Choice
          {...fieldOf('span')}
          label={t('line.span')}
          hint={t('line.spanHint')}
          options={spans.map((span) => [span, t(`span.${span}`)])}
        />
        <Words
          {...fieldOf('repeats')}
          label={t('line.repeats')}
          hint={t('line.repeatsHint')}
          kind="numeric"
        />
      </Group>
      <Words
        {...fieldOf('instruction')}
        label={t('line.instruction')}
        isRequired={line.rhythm === 'free'}
      />
      <Words {...fieldOf('note')} label={t('line.note')} hint={t('line.noteHint')} />
    </>
  );
};
