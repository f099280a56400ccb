// useLineWords: the words of a dosage in the language of the page.

import { useTranslation } from 'react-i18next';
import type { LineWords } from './dosage.ts';

export const useLineWords = (): LineWords => {
  const { t, i18n } = useTranslation(['prescribe', 'ui']);
  return {
    t: (key, values) => t(key, { ...values }),
    dosage: { language: i18n.language, t: (key, values) => t(`ui:${key}`, { ...values }) },
  };
};
