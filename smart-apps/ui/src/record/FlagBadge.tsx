// FlagBadge: how a result stands to its range: a sign and a word, with a colour besides.

import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Flag } from './flag.ts';

export const FlagBadge = ({ flag }: { readonly flag: Flag | undefined }) => {
  const { t } = useTranslation('ui');
  if (flag === undefined) return null;
  const { sign, color } = looks[flag];
  return (
    <Badge
      color={color}
      variant="light"
      tt="none"
      leftSection={<span aria-hidden>{sign}</span>}
      styles={{ label: { overflow: 'visible' } }}
    >
      {t(`flag.${flag}`)}
    </Badge>
  );
};

const looks: Readonly<Record<Flag, { readonly sign: string; readonly color: string }>> = {
  normal: { sign: '✓', color: 'gray' },
  low: { sign: '↓', color: 'orange' },
  high: { sign: '↑', color: 'orange' },
  'very-low': { sign: '⇊', color: 'red' },
  'very-high': { sign: '⇈', color: 'red' },
  abnormal: { sign: '!', color: 'orange' },
  critical: { sign: '‼', color: 'red' },
};
