// useDosageLines: how a prescribed medicine is taken, in the language of the page where the prescriber wrote no words.

import type { Dosage } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { linesOfDosage } from '../chart/dosage.ts';

export const useDosageLines = (): ((dosages: readonly Dosage[] | undefined) => string) => {
  const { t, i18n } = useTranslation(['prescribe', 'chart']);
  return (dosages) =>
    linesOfDosage(dosages, {
      ...{ language: i18n.language, asNeeded: t('said.needed') },
      say: (key, values) => t(`chart:dosage.${key}`, values ?? {}),
    });
};
