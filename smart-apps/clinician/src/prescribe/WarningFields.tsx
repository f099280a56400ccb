// WarningFields: what speaks against a medicine, and the reason why it is prescribed nevertheless.

import { Alert, List, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { useTranslation } from 'react-i18next';
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
  const title = titleOf(warnings);
  return (
    // It is there before it says something, so that it is read aloud when it does.
    <div role="alert">
      {warnings.length === 0 ? null : (
        <Alert
          color={title === 'duplicateTitle' ? 'orange' : 'red'}
          icon={<IconAlertTriangle aria-hidden />}
          title={t(`warning.${title}`)}
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

/** The gravest of them. */
const titleOf = (warnings: readonly Warning[]) => {
  const has = (searched: Warning['kind']): boolean =>
    warnings.some(({ kind }) => kind === searched);
  if (has('allergy')) return 'allergyTitle';
  return has('forbidden') ? 'forbiddenTitle' : 'duplicateTitle';
};

const useSentence = () => {
  const { t } = useTranslation('prescribe');
  const format = useFormat();
  return (warning: Warning): string => {
    switch (warning.kind) {
      case 'allergy':
        return t(`warning.${warning.match}`, { allergy: format.concept(warning.allergy.code) });
      case 'forbidden':
      case 'duplicate':
        return t(`warning.${warning.kind}`, {
          medicine: nameOfMedicine(warning.request),
          date: format.date(warning.request.authoredOn),
        });
      case 'twice':
        return t('warning.twice');
    }
  };
};
