// WarningFields: what speaks against a medicine, and the reason why it is prescribed nevertheless.

import { Alert, List, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { nameOfMedicine } from '../chart/dosage.ts';
import { Words } from '../writing/fields.tsx';
import type { Line } from './line.ts';
import type { Field } from './field.ts';
import type { Warning } from './warnings.ts';

export interface WarningFieldsProps {
  readonly line: Line;
  readonly warnings: readonly Warning[];
  readonly field: Field;
}

export const WarningFields = ({ warnings, field }: WarningFieldsProps) => {
  const { t } = useTranslation('prescribe');
  const sentenceFor = useSentence();
  const hasAllergy = warnings.some(({ kind }) => kind === 'allergy');
  return (
    // It is there before it says something, so that it is read aloud when it does.
    <div role="alert">
      {warnings.length === 0 ? null : (
        <Alert
          color={hasAllergy ? 'red' : 'orange'}
          icon={<IconAlertTriangle aria-hidden />}
          title={t(hasAllergy ? 'warning.allergyTitle' : 'warning.duplicateTitle')}
        >
          <Stack gap="xs">
            <List size="sm">
              {warnings.map((warning, index) => (
                <List.Item key={index}>{sentenceFor(warning)}</List.Item>
              ))}
            </List>
            <Words
              {...field}
              label={t('warning.override')}
              hint={t('warning.overrideHint')}
              isRequired
            />
          </Stack>
        </Alert>
      )}
    </div>
  );
};

const useSentence = () => {
  const { t } = useTranslation('prescribe');
  const format = useFormat();
  return (warning: Warning): string => {
    switch (warning.kind) {
      case 'allergy':
        return t(`warning.${warning.match}`, { allergy: format.concept(warning.allergy.code) });
      case 'duplicate':
        return t('warning.duplicate', {
          medicine: nameOfMedicine(warning.request),
          date: format.date(warning.request.authoredOn),
        });
      case 'twice':
        return t('warning.twice');
    }
  };
};
