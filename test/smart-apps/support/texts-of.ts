// Texts of an app as a test reads them: with what is filled in and the plural of English, as i18next gives them.
// https://www.i18next.com/translation-function/plurals

interface Texts {
  readonly [key: string]: string | Texts;
}

export const textsOf =
  (texts: Texts) =>
  (key: string, values: Readonly<Record<string, unknown>> = {}): string => {
    const plural = values['count'] === 1 ? 'one' : 'other';
    const text = find(texts, `${key}_${plural}`) ?? find(texts, key) ?? key;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  };

const find = (texts: Texts, key: string): string | undefined => {
  const found = key
    .split('.')
    .reduce<string | Texts | undefined>(
      (at, part) => (typeof at === 'object' ? at[part] : undefined),
      texts,
    );
  return typeof found === 'string' ? found : undefined;
};
