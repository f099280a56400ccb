// useSay: the words of a dosage in the language of the page.

import { useTranslation } from 'react-i18next';
import type { Say } from './sentence.ts';

export const useSay = (): Say => {
  const { t } = useTranslation('prescribe');
  return (key, values) => t(key, { ...values });
};
