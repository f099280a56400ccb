// useWords: what a resource of the record is described with, in the language of the page.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { plainWord } from '../results/plain-words.ts';
import { codingOf } from '../results/test-key.ts';
import type { Words } from './describe.ts';

export const useWords = (): Words => {
  const { t } = useTranslation('record');
  const { t: results } = useTranslation('results');
  const format = useFormat();
  return useMemo(
    () => ({
      format,
      t: (key, values) => t(key, { ...values }),
      testName: (observation) => {
        const word = plainWord(codingOf(observation));
        return word === undefined
          ? format.concept(observation.code)
          : results(`plain.${word}.name`);
      },
    }),
    [format, t, results],
  );
};
