// VitalFields: what was measured, each in its unit; what is left empty was not measured.

import { Fieldset, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Words } from '../writing/fields.tsx';
import { vitals, type Measured } from './vitals.ts';

export interface VitalFieldsProps {
  readonly measured: Measured;
  readonly errorOf: (field: string) => string | undefined;
  readonly change: (measured: Measured) => void;
}

export const VitalFields = ({ measured, errorOf, change }: VitalFieldsProps) => {
  const { t } = useTranslation('note');
  return (
    <Fieldset legend={t('vitals')}>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {vitals.map(({ name, shown }) => (
          <Words
            key={name}
            {...{ id: `vital-${name}`, kind: 'decimal', value: measured[name] }}
            label={t('vitalIn', { name: t(`vital.${name}`), unit: shown })}
            error={errorOf(`vital-${name}`)}
            change={(value) => change({ ...measured, [name]: value })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
};
