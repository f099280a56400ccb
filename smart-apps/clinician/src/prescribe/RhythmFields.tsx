// RhythmFields: how often a medicine is taken, by choices people know: once a day, every eight hours, 1-0-1, or only when needed.

import { Checkbox, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Choice, Words } from '../writing/fields.tsx';
import { meals, parts, rhythms, type Line } from './line.ts';
import type { FieldOf } from './field.ts';

export interface RhythmFieldsProps {
  readonly line: Line;
  readonly change: (line: Line) => void;
  readonly fieldOf: FieldOf;
}

export const RhythmFields = ({ line, change, fieldOf }: RhythmFieldsProps) => {
  const { t } = useTranslation('prescribe');
  return (
    <>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <Choice
          {...fieldOf('rhythm')}
          label={t('line.rhythm')}
          options={rhythms.map((rhythm) => [rhythm, t(`rhythm.${rhythm}`)])}
        />
        {line.rhythm === 'hours' ? (
          <Words {...fieldOf('hours')} label={t('line.hours')} kind="numeric" />
        ) : null}
        {line.rhythm === 'parts'
          ? parts.map((part) => (
              <Words key={part} {...fieldOf(part)} label={t(`line.${part}`)} kind="decimal" />
            ))
          : null}
        <Choice
          {...fieldOf('meal')}
          label={t('line.meal')}
          options={meals.map((meal) => [meal, t(`meal.${meal}`)])}
        />
      </Group>
      <Group align="center">
        <Checkbox
          id={fieldOf('isAsNeeded').id}
          label={t('line.asNeeded')}
          checked={line.isAsNeeded}
          onChange={({ currentTarget }) => change({ ...line, isAsNeeded: currentTarget.checked })}
        />
        {line.isAsNeeded ? <Words {...fieldOf('neededFor')} label={t('line.neededFor')} /> : null}
      </Group>
    </>
  );
};
