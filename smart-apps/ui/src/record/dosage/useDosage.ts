// useDosage: how a medicine is taken, in the language of the page.

import { useCallback } from 'react';
import type { Dosage } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { dosageLines } from './lines.ts';

export const useDosage = (): ((dosages: readonly Dosage[] | undefined) => readonly string[]) => {
  const { t, i18n } = useTranslation('ui');
  const { language } = i18n;
  return useCallback(
    (dosages) => dosageLines(dosages, { language, t: (key, values) => t(key, { ...values }) }),
    [language, t],
  );
};
