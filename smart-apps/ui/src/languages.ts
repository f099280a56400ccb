// Languages: which there are, which one is used, and how their texts are loaded: each file when it is first asked for.
// https://www.i18next.com/

import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** `en` and `hi` are complete; `ur` proves that the pages can be read from right to left. */
export const languages = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'hi', name: 'हिन्दी', direction: 'ltr' },
  { code: 'ur', name: 'اردو', direction: 'rtl' },
] as const;

export type LanguageCode = (typeof languages)[number]['code'];
export type Texts = Readonly<Record<string, () => Promise<unknown>>>;

const remembered = 'meridian:language';

/**
 * `texts` are the app's own files, `./locales/<language>/<namespace>.json`, as `import.meta.glob` gives them; `first` are the
 * namespaces that most people need at once.
 */
export const openLanguages = async (texts: Texts, first: readonly string[]): Promise<void> => {
  await i18next
    .use(backend([texts, import.meta.glob('./locales/*/*.json')]))
    .use(initReactI18next)
    .init({
      lng: preferred(),
      fallbackLng: 'en',
      supportedLngs: languages.map(({ code }) => code),
      ns: ['ui', ...first],
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
    });
  applyToPage(i18next.language);
  i18next.on('languageChanged', (code) => {
    applyToPage(code);
    localStorage.setItem(remembered, code);
  });
};

export const directionOf = (code: string): 'ltr' | 'rtl' =>
  languages.find((language) => language.code === code)?.direction ?? 'ltr';

const preferred = (): string => {
  const wanted = [
    localStorage.getItem(remembered),
    ...navigator.languages.map((tag) => tag.split('-')[0]),
  ];
  return wanted.find((code) => languages.some((language) => language.code === code)) ?? 'en';
};

const applyToPage = (code: string): void => {
  document.documentElement.lang = code;
  document.documentElement.dir = directionOf(code);
};

const backend = (sources: readonly Texts[]): BackendModule => ({
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const path = `./locales/${language}/${namespace}.json`;
    const load = sources.flatMap((source) => source[path] ?? [])[0];
    if (load === undefined) {
      done(new Error(`There are no texts at ${path}.`), false);
      return;
    }
    load().then(
      (module) => done(null, (module as { readonly default: Record<string, string> }).default),
      (error: unknown) => done(error as Error, false),
    );
  },
});
