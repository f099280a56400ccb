// LineFields: one medicine of a prescription: what, how much, how often, for how long, and what the dosage says in words.

import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { routes } from '@meridian/ui/record/dosage/routes.ts';
import { doseUnits } from '@meridian/ui/record/dosage/units.ts';
import { useTranslation } from 'react-i18next';
import { CodedSearch } from '../writing/CodedSearch.tsx';
import { Choice, Words } from '../writing/fields.tsx';
import { sentenceOf } from './dosage.ts';
import type { Fault } from './faults.ts';
import { fieldId, fieldsOf } from './field.ts';
import type { Line } from './line.ts';
import { RhythmFields } from './RhythmFields.tsx';
import { SupplyFields } from './SupplyFields.tsx';
import { useLineWords } from './useLineWords.ts';
import { WarningFields } from './WarningFields.tsx';
import type { Warning } from './warnings.ts';

export interface LineFieldsProps {
  readonly place: number;
  readonly line: Line;
  readonly warnings: readonly Warning[];
  readonly faults: readonly Fault[];
  readonly change: (line: Line) => void;
  readonly remove: (() => void) | undefined;
}

export const LineFields = (props: LineFieldsProps) => {
  const { place, line, warnings, change, remove } = props;
  const { t } = useTranslation('prescribe');
  const fieldOf = fieldsOf(props, (text) => t(`faults.${text}`));
  const sentence = sentenceOf(line, useLineWords());
  return (
    <Fieldset legend={t('line.legend', { number: place + 1 })}>
      <Stack gap="sm">
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <CodedSearch
            {...{ id: fieldId(place, 'medicine'), catalogue: 'medicines', isRequired: true }}
            label={t('line.medicine')}
            value={line.medicine}
            error={fieldOf('medicine').error}
            change={(medicine) => change({ ...line, medicine })}
          />
          <Words
            {...fieldOf('strength')}
            label={t('line.strength')}
            hint={t('line.strengthHint')}
          />
        </Group>
        <WarningFields {...{ line, warnings }} field={fieldOf('override')} />
        <Group align="flex-start" grow preventGrowOverflow={false}>
          {line.rhythm === 'parts' || line.rhythm === 'free' ? null : (
            <Words {...fieldOf('dose')} label={t('line.dose')} kind="decimal" />
          )}
          {line.rhythm === 'free' ? null : (
            <Choice
              {...fieldOf('unit')}
              label={t('line.unit')}
              options={doseUnits.map((unit) => [unit, t(`unit.${unit}`)])}
            />
          )}
          <Choice
            {...fieldOf('route')}
            label={t('line.route')}
            options={[
              ...(line.route === '' ? [['', t('line.noRoute')] as const] : []),
              ...routes.map((route) => [route, t(`route.${route}`)] as const),
            ]}
          />
        </Group>
        <RhythmFields {...{ line, change, fieldOf }} />
        <SupplyFields {...{ line, fieldOf }} />
        <Alert color="indigo" p="xs" title={t('line.sentence')}>
          <Text size="sm" role="status" data-sentence>
            {sentence}
          </Text>
        </Alert>
        {remove === undefined ? null : (
          <Button variant="subtle" color="red" onClick={remove} style={{ alignSelf: 'start' }}>
            {t('line.remove', { number: place + 1 })}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
};
