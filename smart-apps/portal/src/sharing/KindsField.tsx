// KindsField: which kinds of records are given; everything, or some; and what stays closed unless it is named.

import { Checkbox, Fieldset, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sensitiveGroups } from './kinds.ts';

export interface KindsFieldProps {
  /** Those that may be chosen. */
  readonly offered: readonly string[];
  readonly chosen: readonly string[];
  readonly choose: (kinds: readonly string[]) => void;
  readonly sensitive: readonly string[];
  readonly chooseSensitive: (groups: readonly string[]) => void;
}

export const KindsField = (props: KindsFieldProps) => {
  const { t } = useTranslation('sharing');
  const { offered, chosen, choose, sensitive, chooseSensitive } = props;
  return (
    <>
      <Fieldset legend={t('form.kinds')}>
        <Stack gap="xs">
          {offered.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`kind.${kind}`)}
              checked={chosen.includes(kind)}
              onChange={() => choose(toggled(chosen, kind))}
            />
          ))}
        </Stack>
      </Fieldset>
      <Fieldset legend={t('form.sensitive')}>
        <Stack gap="xs">
          {t('form.sensitiveHint')}
          {Object.keys(sensitiveGroups).map((group) => (
            <Checkbox
              key={group}
              label={t(`sensitive.${group}`)}
              checked={sensitive.includes(group)}
              onChange={() => chooseSensitive(toggled(sensitive, group, ''))}
            />
          ))}
        </Stack>
      </Fieldset>
    </>
  );
};

/** Everything is more than any of its parts, so they are not chosen together. */
const toggled = (chosen: readonly string[], one: string, all = 'everything'): readonly string[] => {
  if (chosen.includes(one)) return chosen.filter((each) => each !== one);
  return one === all ? [all] : [...chosen.filter((each) => each !== all), one];
};
