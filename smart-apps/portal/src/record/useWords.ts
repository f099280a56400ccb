// useWords: what a resource of the record is described with, in the language of the page.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { codingOf } from '@meridian/ui/record/test-key.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { plainWord } from '../results/plain-words.ts';
import type { Words } from './describe.ts';

export const useWords = (): Words => {
  const { t } = useTranslation('record');
  const { t: results } = useTranslation('results');
  const format = useFormat();
  const dosage = useDosage();
  return useMemo(
    () => ({
      ...{ format, dosage },
      t: (key, values) => t(key, { ...values }),
      testName: (observation) => {
        const word = plainWord(codingOf(observation.code));
        return word === undefined
          ? format.concept(observation.code)
          : results(`plain.${word}.name`);
      },
    }),
    [format, dosage, t, results],
  );
};
