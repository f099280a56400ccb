// useDosage: how a medicine is taken, in the language of the page.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import type { Dosage } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { dosageWords } from './dosage-words.ts';

export const useDosage = (): ((dosages: readonly Dosage[] | undefined) => readonly string[]) => {
  const { t } = useTranslation('medicines');
  const { concept, quantity } = useFormat();
  return (dosages) =>
    dosageWords(dosages, { t: (key, values) => t(key, { ...values }), concept, quantity });
};
