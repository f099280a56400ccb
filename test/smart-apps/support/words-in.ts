// The texts of the apps as their pages say them, in a language, with the plurals of that language.

import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { DosageWords } from '../../../smart-apps/ui/src/record/dosage/words.ts';

/** Of one namespace of an app; dosages and values are said with those of `ui`. */
export const wordsIn = async (
  language: 'en' | 'hi' | 'ur',
  app = 'ui',
  namespace = app,
): Promise<DosageWords> => {
  const file = `../../../smart-apps/${app}/src/locales/${language}/${namespace}.json`;
  const texts = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as object;
  const instance = i18next.createInstance();
  const t = await instance.init({
    ...{ lng: language, ns: [namespace], defaultNS: namespace },
    resources: { [language]: { [namespace]: texts } },
    interpolation: { escapeValue: false },
  });
  return { language, t: (key, values) => t(key, { ...values }) };
};
