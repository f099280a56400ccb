// useWords: what a resource of the record is described with, in the language of the page.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from './describe.ts';

export const useWords = (): Words => {
  const { t } = useTranslation('record');
  const format = useFormat();
  return useMemo(() => ({ format, t: (key, values) => t(key, { ...values }) }), [format, t]);
};
