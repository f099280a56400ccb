// Texts: what an app has to say, by language and namespace, and what its pages ask for.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const apps = ['ui', 'portal', 'clinician', 'desk'] as const;
export type App = (typeof apps)[number];

const root = join(import.meta.dirname, '../../../../smart-apps');
const sourceOf = (app: App): string => join(root, app, 'src');

/** Every text of a file under its whole key, such as `failure.network.title`. */
export type Texts = ReadonlyMap<string, string>;

export const namespacesOf = (app: App, language: string): readonly string[] => {
  const folder = join(sourceOf(app), 'locales', language);
  return existsSync(folder) ? readdirSync(folder).map((name) => name.replace('.json', '')) : [];
};

export const textsOf = (app: App, language: string, namespace: string): Texts => {
  const path = join(sourceOf(app), 'locales', language, `${namespace}.json`);
  if (!existsSync(path)) return new Map();
  return new Map(flatten(JSON.parse(readFileSync(path, 'utf8')) as Nested));
};

interface Nested {
  readonly [key: string]: string | Nested;
}

const flatten = (nested: Nested, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );

/** Without `count` in the forms for one, which may say it in a word. */
export const placeholdersOf = (key: string, text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'count' || !key.endsWith('_one'))
    .sort();

export interface Wanted {
  /** The file and the key, as it stands there. */
  readonly place: string;
  readonly key: string;
  /** Where it may be: those the file names, or, where it names none, all. */
  readonly namespaces: readonly string[];
}

/** What stands in the sources as `t('…')`, or with a part that is computed as t(`…${…}`). */
export const wantedBy = (app: App): readonly Wanted[] =>
  readdirSync(sourceOf(app), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(join(sourceOf(app), path), 'utf8');
      const named = [...text.matchAll(/useTranslation\(\s*\[?([^)\]]*)\]?/g)].flatMap(([, list]) =>
        [...list!.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!),
      );
      const calls = [...text.matchAll(/(?:\bt\(\s*|i18nKey=)(['"`])((?:(?!\1).)+)\1/g)];
      return calls.map(([, , key]): Wanted => {
        const [, namespace, rest] = /^([\w-]+):(.+)$/.exec(key!) ?? [];
        return {
          place: `${relative(root, join(sourceOf(app), path))}: ${key!}`,
          key: rest ?? key!,
          namespaces: namespace === undefined ? named : [namespace],
        };
      });
    });

/** Whether there is such a text in English, of the app or of the kit, in one form or in several for several numbers. */
export const isThere = (app: App, { key, namespaces }: Wanted): boolean => {
  const parts = key
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.+')}(_(zero|one|two|few|many|other))?$`);
  const owners = [...new Set<App>([app, 'ui'])];
  return owners.some((owner) =>
    namespacesOf(owner, 'en')
      .filter((name) => namespaces.length === 0 || namespaces.includes(name))
      .some((name) => [...textsOf(owner, 'en', name).keys()].some((found) => pattern.test(found))),
  );
};
