// The words of dosages as the pages say them, in a language.

import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { Say } from '../../../../smart-apps/clinician/src/prescribe/sentence.ts';

export const sayIn = async (language: 'en' | 'hi'): Promise<Say> => {
  const file = `../../../../smart-apps/clinician/src/locales/${language}/prescribe.json`;
  const texts = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as object;
  const instance = i18next.createInstance();
  const t = await instance.init({
    ...{ lng: language, ns: ['prescribe'], defaultNS: 'prescribe' },
    resources: { [language]: { prescribe: texts } },
    interpolation: { escapeValue: false },
  });
  return (key, values) => t(key, { ...values });
};
