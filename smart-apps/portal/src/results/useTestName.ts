// useTestName: what a test is called by people, where there is a plain word for it, and what the laboratory calls it.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { codingOf } from '@meridian/ui/record/test-key.ts';
import type { Observation } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { plainWord } from './plain-words.ts';

export interface TestName {
  readonly plain: string | undefined;
  readonly name: string;
  /** What the test is for, in a sentence or two. */
  readonly about: string | undefined;
}

export const useTestName = (observation: Observation | undefined): TestName => {
  const { t } = useTranslation('results');
  const format = useFormat();
  const word = observation && plainWord(codingOf(observation.code));
  return {
    plain: word && t(`plain.${word}.name`),
    name: format.concept(observation?.code),
    about: word && t(`plain.${word}.about`),
  };
};
